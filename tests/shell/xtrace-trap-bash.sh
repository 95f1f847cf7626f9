# shells: bash
# a subshell's EXIT trap is shown one level deeper
set -x
(trap 'echo a; echo $(echo 3)' EXIT)
f() { (trap '(())' EXIT; exit 3); }; f
echo $(trap 'echo a' EXIT; echo b)
trap 'echo b' EXIT
