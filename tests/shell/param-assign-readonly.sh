# shells: bash
readonly n
(echo ${n:=x}; echo no); echo $?
(x=${n=}; echo no); echo $?
readonly o; getopts a o -a; echo $?
