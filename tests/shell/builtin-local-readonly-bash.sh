# shells: bash
# no local variable over a global one that is read-only; over a function's own there may be one
readonly zz=1
f() { local zz || echo l; local zz=3 || echo m; echo "$zz"; }; f
g() { local -r y=1; h; echo $y; }; h() { local y=2; echo $y; y=3; echo $y; }; g
(set -e; zz=2 true || :; echo no); echo $?
(set -e; declare zz=2 || :; echo yes); echo $?
(set -e; getopts a zz -a || :; echo no); echo $?
