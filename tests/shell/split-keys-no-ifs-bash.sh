# shells: bash
# ${!r[*]} under an empty IFS
f() { printf '[%s]' "$@"; echo; }
r=(a 'b c' d)
set -- 'p q' r
IFS=
f ${!r[*]}
f ${!r[*]}$*
f ${!r[*]}"$@"
f "${!r[*]}"
x=${!r[*]}
f "$x"
case ${!r[*]} in '0 1 2') echo blanks ;; 012) echo none ;; esac
f "${2+$(f ${!r[*]})}" "${2+$(f ${r[*]#a})}"
