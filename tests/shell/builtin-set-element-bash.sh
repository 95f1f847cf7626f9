# shells: bash
# an index before the first element, as read and printf -v were given it
r=(a b) n=-6
read 'r[n]' <<< x; echo $?
printf -v 'r[n]' x; echo $?
read 'new[-1]' <<< x; echo $?
printf -v 'r[-1]' x; echo "$? ${r[@]}"
