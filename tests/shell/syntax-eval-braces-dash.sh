# shells: dash
# ${ without its }.
# shellcheck disable=SC2016
for t in 'echo ${a' 'echo "${a' 'echo ${cho "$@"' 'echo ${cho x' 'echo ${' 'echo ${a!' 'echo ${a:' 'echo ${1a' 'echo ${a-$(x}' 'echo ${a "}'; do
	(eval "$t"; echo no); echo "$t $?"
done
