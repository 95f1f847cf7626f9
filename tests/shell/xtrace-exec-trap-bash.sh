# shells: bash
# how deep the EXIT trap is behind an exec that finds nothing
set -x
trap 'echo t' EXIT
(trap 'echo s' EXIT; exec nosuch)
x=$(trap 'echo s' EXIT; exec nosuch)
f() { exec nosuch; }
for i in 1; do (trap 'echo q; break' EXIT; exec nosuch); done
f
