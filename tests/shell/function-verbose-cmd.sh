cmd() { >/dev/null 2>&1 true "$@" < /dev/null || { echo "failed: $*"; false; } } 8>&1 9>&2; cmd -C dir; echo $?
cmd2() { { echo hidden; false; } >/dev/null 2>&1 || { echo failed >&8; false; }; } 8>&1 9>&2; cmd2; echo $?
