# shells: bash
# read and printf -v set elements, too
printf -v r[1] %s q; printf -v 'r[1+1]' %s z; read 'r[3]' x <<< "a b c"; declare -p r x
printf -v 1x a; echo $?; printf -v 'r[' a; echo $?; read 'r[]' <<< a; echo $?
