# shells: bash
# `exit` within a function: the EXIT trap sees its variables, $1, FUNCNAME and its redirections; so it does in a stage
(a=x; f() { local a=y; trap 'echo "$a $1 ${FUNCNAME[*]}"' EXIT; exit 3; }; f 1); echo "$?"
a=x; f() { local a=y; trap 'echo "$a $1"' EXIT; }; f 1 | cat
g() { local b=z; f 2; exit; }; (g 1); x=$(g 1); echo "$x"
h() { trap 'echo "$a $1"; return 4' EXIT; exit 3; }; (h 1); echo "$?"
(f() { trap 'echo t' EXIT; exit; }; f >out); cat out
(set -e; f() { local a=y; trap 'echo "$a $1"' EXIT; false; }; f 1 >out); cat out
(trap 'echo u' EXIT; exit 3 >out); cat out
