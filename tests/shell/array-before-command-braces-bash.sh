# shells: bash
# An array before a command is one text: its braces stay.
n=1
r=({a,b}$((q++))) true; echo $q
r=(x$n{a,b} [2]={c,d} "{e,f}" {g,h}) env | grep -a ^r=
(set -u; r=($n{a,b}) nosuch; echo $?) 2>&1
(set -x; r=($n{a,b}$(echo x >&2) {c,d}) true; echo $?) 2>&1
r=($n{a,b}); echo "${r[@]}"
