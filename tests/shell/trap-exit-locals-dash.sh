# shells: dash
# the variables of a function that the shell ends in are there in the EXIT trap
a=1
(f() { local a=y; trap 'echo "$a"' EXIT; exit 3; }; f)
(f() { local a=y; trap 'echo "$a $1"' EXIT; g; }; g() { local a=z; set -e; false; }; f 1)
(f() { local a=y; trap 'echo "$a"' EXIT; : ${x?u}; }; f)
(trap 'echo "$a"' EXIT; f() { exit; }; a=2 f)
x=$(trap 'echo "in $a $-"' EXIT; f() { local - a=3; set -f; false; }; set -e; f); echo $x
f() { local a=2; exit; }; (f; echo $a); echo $a
f() { local a=2; : ${q?}; }; command eval f; echo $a
