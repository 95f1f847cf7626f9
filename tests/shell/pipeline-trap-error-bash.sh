# shells: bash
# Where an error in its words ends a stage, that runs the shell's EXIT trap, and what -c is given has
# undone all redirections by then; a function has begun, and runs none. An expression that names what
# is not set undoes none.
set -u
trap 'echo T; echo TE >&2' EXIT
f() { echo $w; }
g() { { f; } 2>&1; }
{ : | echo $w; } >out 2>&1
cat out
{ : | f; } >out 2>&1
cat out
{ : | g; } >out 2>&1
eval '{ : | f; } >out 2>&1'
cat out
for c in ': | echo $w' ': | echo ${!c}' ': | f' ': | echo $((1/0))' 'echo $((w+=1))' 'echo $w' \
	'declare -i x=w' 'eval ": | echo \$w"'; do
	/bin/bash -uc "f() { echo \$w; }; trap 'echo T; echo TE >&2' EXIT
{ $c; } >out 2>&1"
	echo $?
	cat out
done
until [ $((w+=1)) -gt 2 ]; do :; done >out 2>&1
