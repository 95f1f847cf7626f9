# shells: dash
# Options that are not known end a builtin, a special one the shell; "--" ends them but for exec, type and exit.
for t in 'cd -x' 'pwd -x' 'umask -x' 'unset -x' 'export -n a' 'readonly -x' 'read -x a' 'read -p' 'hash -x' '. -x' \
	'trap -x' 'wait -x' 'command -x' 'printf -x' 'exec -- true' 'type -- cd' 'exit -- 3' 'shift -- 1' 'kill -x' 'kill -s'; do
	(eval "$t"; echo "on $?"); echo "$t: $?"
done
umask -- 033; umask
unset -- none; unset -vf umask; echo $?
read -rp x a <"$0"; echo "$a"
command -vV cd; command -Vv cd; command -- echo a; command -p -p echo b; command -v; echo $?
