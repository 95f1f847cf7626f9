# shells: dash
# Nobody around asks for a trap's status, no loop is left by it, and a bare exit gives the status before.
(trap 'set -e; false; echo no' EXIT) || echo "or $?"
if (trap 'set -e; false; echo no' EXIT); then echo yes; else echo no $?; fi
(trap 'false; exit' EXIT; exit 3); echo $?
(trap 'false; exit 5' EXIT; exit 3); echo $?
(trap '(false; exit); echo $?' EXIT; exit 3); echo $?
for i in 1 2; do (trap 'break; echo b' EXIT; exit 2); echo "$i $?"; done
(trap 'return 4; echo no' EXIT; exit 2); echo $?
(trap 'return 4; echo no' EXIT; set -e; false); echo $?
