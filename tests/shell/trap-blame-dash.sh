# shells: dash
# what goes wrong in the trap of a subshell within eval is eval's
set -u
eval '( (trap "echo \$none" EXIT); ); echo $?'
(eval 'trap "echo \$none" EXIT; :')
echo $?
