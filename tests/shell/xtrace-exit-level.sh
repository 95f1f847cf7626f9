# shells: bash
# Where a message ends the shell under set -e, the trap is traced from the level of what failed.
set -e -x
trap 'a=x; eval b=y' EXIT
f() { eval 'echo ${!b}'; }
f
