for i in 1 2; do (break; echo "in $?"); echo "after $?"; x=$(break; echo sub); echo "x=$x"; done
for i in 1 2; do echo a | { break; echo no; }; echo "p $?"; done
