# shells: bash
let x=5 y=x*2 'z = x + y'; echo $x $y $z $?; let "pad = (64 - z % 64) % 64" "w=pad + 1"; echo $pad $w; let x=0; echo $?; let pad=""; echo $?; let; echo $?; let 'a=1' "
	b=a+1"; echo $a $b; let "1 +"; echo $?
