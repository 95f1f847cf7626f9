# shells: bash
# Where an error ends the process of a command, it jumps to where the process around would go on: in
# "( ! command )" that turns the status around. Builtins stop most errors.
set -o pipefail
f0() { echo ${!c}; }
f2() { f0; }
fd() { declare -i 'k=1/0'; }
fe() { set -e; false; }
f1() { $1 | cat || echo X; true | $1 && echo Y; $1 | cat; echo ${PIPESTATUS[*]}; }
for f in f0 f2 fd fe "eval f0" "declare -i k=1/0" "false"; do
	( ! f1 "$f" )
	( ! eval 'f1 "$f"' )
	( f1 "$f" )
	( ! ( f1 "$f" ) )
	echo $( ! f1 "$f" )
done
for text in 'echo ${!c} | cat' 'a=${!c} : | cat' '{ f0; } | cat' '{ :; } <${!c} | cat' \
	'cat <${!c}' 'nosuch <<<${q?no}' '( : ) <$((1/0))' 'command cat <${!c}' \
	'cat <$((k=1/0))' 'eval "declare -i k=1/0" | cat' 'eval "f0 | cat; echo ${PIPESTATUS[0]}" | cat'; do
	( ! eval "$text && echo S\$?" )
	( eval "$text && echo S\$?" )
done
set -e
( ! eval 'nosuch | cat; echo ${PIPESTATUS[*]}' ) || echo $?
