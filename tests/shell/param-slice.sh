# shells: bash
x=0123456789abc; n=3
echo ${x:2} ${x:2:3} ${x:n:n+1} ${x: -4} ${x: -4:2} ${x:0:-2} "${x:20}" ${x:(-3)} ${x:$n:1} ${x::2}
set -- a b c d e; echo ${@:2} ; echo ${@:2:2}; echo "${@: -2}"; echo "${*:1:1}"
