# shells: bash
# too many arguments count before a level of 0
eval 'for a in 1 2; do break 0 x; done'
echo $?
for a in 1 2; do continue 0; done
echo $?
