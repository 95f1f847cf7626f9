# shells: bash
x=a; x+=b; echo $x; x+=; echo $x; declare -i n=5; n+=3; echo $n; n=2*4; echo $n; y+=new; echo $y
