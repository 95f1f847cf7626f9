# shells: bash
# One command that is a stage of a pipeline leaves PIPESTATUS as it was before that.
s() { return 5; }
f() { trap 'echo ${PIPESTATUS[*]}' EXIT; }
g() { trap 'echo ${PIPESTATUS[*]}' EXIT; return 3; }
false | true | s
trap 'echo ${PIPESTATUS[*]}' EXIT | cat
s; command trap 'echo ${PIPESTATUS[*]}' EXIT | cat
s; echo a | trap 'echo ${PIPESTATUS[*]}' EXIT
s; { trap 'echo ${PIPESTATUS[*]}' EXIT; } | cat
s; ( trap 'echo ${PIPESTATUS[*]}' EXIT ) | cat
s; f | cat
s; g | cat
s; eval "trap 'echo \${PIPESTATUS[*]}' EXIT" | cat
s; : | { echo ${PIPESTATUS[*]}; (exit 4); echo ${PIPESTATUS[*]}; }
