# shells: bash
# x+=y before a command adds to a number, and is a text then
declare -i x=4
f() {
	x+=1
	declare -p x
}
x+=2 f
x=1+1 f
x+=2 env | grep '^x='
x+=1 eval 'echo $x; x+=1; echo $x'
declare -p x
