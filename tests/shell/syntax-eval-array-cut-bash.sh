# shells: bash
# A text that ends within a quote of x=( is told of twice, gives 1, and ends a subshell.
e=
eval "$e"'r=('\'''; echo $?
eval "$e"'r=(a
"
'; echo $?
(eval "$e"'r=(`'; echo no); echo $?
eval "$e"'declare r=($(echo '\'; echo $?
true | eval "$e"'r+=($(('; echo ${PIPESTATUS[*]}
eval 'echo on'
eval "$e"'x=$(r=(${'; echo $?
set -e
eval "$e"'r=('\'
