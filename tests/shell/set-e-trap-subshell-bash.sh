# shells: bash
# in a subshell's EXIT trap set -e counts, whoever asks for the subshell's status
set -e
! (trap 'false; echo no' EXIT); echo $?
if (trap 'false; echo no' EXIT); then echo no; fi
(trap 'false; echo no' EXIT) || echo yes
x=$(trap 'false; echo yes' EXIT); echo $x
