# shells: bash
# late: what cannot be assigned before a command is not expanded either
readonly a=1
a=$(echo side >&2) true; echo $?
a=$((n=5)) export c; echo $n
a=$((1+)) true
