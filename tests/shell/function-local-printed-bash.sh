# shells: bash
# local -p shows what is the function's own
inner() {
	local -p x
	echo $?
	local y=3
	local -p x y
	local -p
}
f() {
	local x=4
	local -p x
	local -p
	inner
}
f
