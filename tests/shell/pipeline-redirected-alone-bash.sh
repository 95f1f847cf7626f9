# shells: bash
# a stage of an assignment and its own standard input does not wait for what opens that
exec 2>/dev/null # who says it first is chance
a=1 <none | cat
echo ${PIPESTATUS[@]}
true | <none
echo ${PIPESTATUS[@]}
a=1 >none/x | cat
echo ${PIPESTATUS[@]}
(a=1 <none) | cat
echo ${PIPESTATUS[@]}
