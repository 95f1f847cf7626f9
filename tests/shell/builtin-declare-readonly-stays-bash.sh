# shells: bash
# what is read-only stays so
declare -r a=1
declare +r a b=3
echo $? $b
typeset +r a=5
echo $?
declare +rx a
echo $?
declare +r -x a
echo $?
f() {
	declare +r a
	local -r l=1
	local +r l
	echo $?
	declare -g +r a
	echo $?
}
f
declare -p a
