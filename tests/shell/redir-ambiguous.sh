# shells: bash
x='a b'; echo z > $x; echo $?; unset y; echo z > $y; echo $?; echo q > "$x"; ls
