# shells: bash
# the name may stand right behind -v
printf -vx '%s-' a b; echo "$x"
printf -vr[2] '%d' 7; echo "${r[2]}"
printf -v1x a; echo $?
printf -vx; echo $?
printf -v; echo $?
printf -vx -- '%s' '-v'; echo "$x"
