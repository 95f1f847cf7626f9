# shells: bash
# late: a text that ends within x=( gives 1, and ends a subshell
eval 'x=('; echo "$?"
(eval 'x=(1'; echo no); echo "$?"
x=$(eval 'declare x=('; echo no); echo "$?$x"
f() { eval 'x=('; echo "a $?"; }; f
