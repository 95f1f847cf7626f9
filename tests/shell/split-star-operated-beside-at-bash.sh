# shells: bash
# What "${*#x}" is comes apart beside a "${x[@]}"; one that is empty makes no field at its end.
p() { printf '[%s]' "$#" "$@"; echo; }
set -- 'p q' r
e= x=x r=('' x)
p "${*#?}${e[@]}" "${*##[[:alpha:]]}${x[@]%%x}"
p "${*#?}${e[@]}$e" "y${*#?}${e[@]#x}" "${*#?}${e[@]}z"
p "${*#?}${e[@]/x/}" "${*#?}${x[@]}" "${*#?}${r[@]}"
p "${r[*]#?}${e[@]}"
p "${r[*]#?}${e[@]}""" "${*#?}${u[@]}"
p "${*:1}${e[@]}" "${*#x}$@"; set -- ""; p "${r[*]#?}$@"
