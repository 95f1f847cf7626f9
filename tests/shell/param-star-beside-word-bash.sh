# shells: bash
# ladder
# bash splits what an operation made of "$*" where a ${x-word} and several parameters stand beside.
set -- 'p q' r
f() { printf '(%s)' $# "$@"; echo; }
f "${*#?}${u-32}${r[@]}"
f "${*#?}${u-32}$@"
