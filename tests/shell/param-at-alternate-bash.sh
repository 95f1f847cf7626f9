# shells: bash
# "${@+x}" is no "$@" beside which "${r[*]#y}" falls apart
r=(one two '' four); set -- a b
printf '(%s)' "${@+"a  b"}\"${r[*]%*.}" "${@:+x}${*#a}y" "${@:-x}${*#a}y"; echo
printf -v; x=${u?$- f* $(echo f*)}
