# shells: dash
printf -x a; echo $?
printf -- -x; echo $?
printf -; echo $?
