# shells: bash
# an array without elements is set, one that is only declared is not
set -u
r=()
echo $((r))
(declare -a q; echo $((q)))
echo $?
