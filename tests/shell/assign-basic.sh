a=1 b=2; echo $a $b; a=$b b=$a; echo $a $b; c=; echo "<$c>"; d="x y"; e=$d; echo "$e"; f=a=b; echo $f; x=1 y=$x; echo $y; _u=1; echo $_u; A1=z; echo $A1
