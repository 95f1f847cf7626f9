# shells: bash
set -- a b; shift -1; echo $?; shift -- 1; echo $1; unset -v "a b"; echo $?; command -V nosuch; read -z; echo $?
