# shells: bash
# late: errors that drop the line with the evals around it, and those that eval stops
eval 'echo $((1 +)); echo no
echo yes'; echo "1 $?"
eval 'shift 1 2; echo no
echo no'; echo no
echo "2 $?"; eval 'eval "echo ${a[1+]}
echo no"
echo no'; echo no
declare -i i=1+; echo no
echo $((--n++)); echo no
echo $((4 + ++n--)); echo no
$BASH -c 'shift 1 2
echo no'; echo "3 $?"
$BASH -c 'echo $((1 +))
echo yes'; echo "4 $?"
f() { return 1 2; echo no; }
f; echo no
( f; echo no ); echo "5 $?"
