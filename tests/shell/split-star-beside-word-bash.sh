# shells: bash
# "$*" after an operation is split beside a "$@", not beside the word of ${@+word}
f() { printf '[%s]' "$@"; echo; }
r=(one 'two three' '' four)
set -- 'p q' r
f "${unset[@]+v w}${r[*]#*}"
f "${r[@]+v w}${r[*]#*}"
f "${unset[@]-v w}${*#x}"
f "${r[@]-v w}${*#x}"
