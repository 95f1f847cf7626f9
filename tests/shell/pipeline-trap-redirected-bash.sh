# shells: bash
# a trap that a stage runs sees the stage's redirections
set -f
IFS=;  x=$(trap 'echo e' EXIT >&o1 | sort); cat o1
trap 'echo e' EXIT >o2 | cat
cat o2
(trap 'echo e' EXIT >o3); cat o3
f() { trap 'echo f' EXIT; }
f >o5 | cat
cat o5
true | trap 'echo e' EXIT >o6
cat o6
true | f >o7
cat o7
eval "trap 'echo e' EXIT" >o8 | cat
cat o8
trap 'echo e' EXIT >>o9 2>&1 | cat
cat o9
trap 'echo e; exit 3' EXIT >o10 | false
cat o10
