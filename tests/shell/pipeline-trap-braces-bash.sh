# shells: bash
# a trap that a stage in braces leaves sees the redirections of the braces
{ trap 'echo e' EXIT; } >o4 | cat
cat o4
{ trap 'echo e' EXIT; echo in; } >o5 2>&1 | cat
cat o5
true | { trap 'echo e' EXIT; } >o6
cat o6
{ { trap 'echo e' EXIT; } >o7; echo between; } | cat
cat o7
( trap 'echo e' EXIT; ) >o8 | cat
cat o8
