# shells: bash
# an option that a builtin does not have, and "--" in front of its words
for b in cd pwd type hash getopts wait builtin times . source; do
	$b -Z; echo "$b $?"
done
type -- echo nosuch; builtin -- echo b; wait --; . --; let -- 1; echo $?
set -- a b c; shift -- 1; echo "$1"; shift -- x; f() { return -- 3; }; f; echo $?
for i in 1 2; do break -- 1; done; echo "$i"; (exit -- 4); echo $?
