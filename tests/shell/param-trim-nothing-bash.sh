# shells: bash
# a trim without pattern is none
r=(one 'two  three' '' four); set -- 'p  q' r
IFS=; printf '[%s]' ${r[@]%} ${r[*]#} "${r[@]#}" ${r[@]%%} x${@%}y ${*#}; unset IFS
printf '[%s]' ${r[@]%} "${@#}"
