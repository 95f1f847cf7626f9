# shells: bash
r=(1 2) s=1
readonly r s
unset 'r[9]'; echo $?
unset 's[0]'; echo $?
unset 'r[x+]'; echo $?
