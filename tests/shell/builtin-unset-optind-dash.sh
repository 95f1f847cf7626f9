# shells: dash
(unset OPTIND; echo no); echo $?
command unset OPTIND; echo $?
export OPTIND PS4; env | grep -c -e ^OPTIND=1 -e '^PS4=+ '
