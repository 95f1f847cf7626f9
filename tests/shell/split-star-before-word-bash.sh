# shells: bash
# What an operation made of "$*" is split beside a "$@", also where the word of ${u-x} goes on behind.
set -- 'p q' r
f() { printf '(%s)' $# "$@"; echo; }
f "${*#?}${u-32}${r[@]}"
f "${*#?}${u-x}$@"
f "${*#?}${1+x}${@#?}"
