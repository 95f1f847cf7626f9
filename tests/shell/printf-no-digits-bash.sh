# shells: bash
# what printf says of an escape without digits
printf '\x'; echo " $?"; printf 'a\xg%s\n' b; echo $?; printf '%b|\n' 'q\xz\x41'; printf '\u %s\n' 1; printf '\U|\n'; printf '%b|\n' '\u' ; printf '%s\xq\n' a b; printf -v v 'a\xq'; echo "$v"; printf '\x4\x41g\xg\n'
for i in 1 2; do printf '%d\xk' 1 2 || echo no; done; echo; printf '%b' 'a\x\n' 'b\xh'
