# shells: bash
# a |& b is a 2>&1 | b, behind the other redirections of a.
f() { echo o; echo e >&2; return 3; }
nosuch |& sed 's/^/E: /' |& tr a-z A-Z; echo "${PIPESTATUS[@]}"
f |& cat -n
f 2>/dev/null |& cat -n
f >/dev/null |& cat -n
(f) |&
	cat -n
! f |& cat; echo $?
for i in 1 2; do echo $i >&2; done |& cat
set -o pipefail; f |& cat >/dev/null; echo $?
x='nosuch |& cat'; eval "$x"
