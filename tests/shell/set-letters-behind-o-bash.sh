# shells: bash
# letters behind an "o" are options as well; each "o" takes a word, or lists
show() { echo "$- $#: $*"; set +eux; set +o noglob; }
set -oe pipefail a; show "$@"
set -ooo errexit noglob b; show "$@"
set -uo errexit -x c; show "$@"
set -oxu nounset d; show "$@"
(set -od; echo $?) 2>&1
(set -oed; echo $?) 2>&1
(set -od errexit; echo "$- $?") 2>&1
(set +ou; echo $?) | head -n 3
(set -o -q; echo $?) 2>&1 | tail -n 1
(set -o "" e; echo $#) | tail -n 1
(set -o -- f; echo "$*") | tail -n 1
(set -q; echo $?) 2>/dev/null
