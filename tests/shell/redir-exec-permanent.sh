exec > log 2>&1; echo one; echo two >&2; nosuchcmd; exec 1>&2; cat /nonexistent
