# shells: bash
# a local variable that is unset is still one, without a value
inner() { declare -p x; }
f() {
	local x=1
	unset x
	declare -p x
	inner
	local
	(declare -p x)
	unset x
	declare -p x
	export x
	declare -p x
}
f
declare -p x
given() {
	local y
	unset y
	y=3
	env | grep '^y='
}
y=2 given
