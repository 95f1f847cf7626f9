# shells: dash
# what is unset in a function that it is local to, and what the shell has from its start, stays exported
g() {
	x=3
	env | grep '^x='
	unset x
	x=4
	env | grep '^x='
}
f() {
	local x
	unset x
	g
}
export x=1
f
echo $x
g
saved=$PATH
unset PATH
PATH=$saved
env | grep -c '^PATH='
export PS1=a
unset PS1
PS1=b
env | grep '^PS1='
