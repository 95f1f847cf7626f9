# shells: bash
# Operations on $#, where no length is asked for.
set -- a b c
echo "${#:0}" "${#:0:1}" "${#:-x}" "${#-x}" "${#+x}" "${##3}" "${##x}" "${#%[0-9]}" "${#/3/x}" "${#?x}" "${#: -1}"
echo "${#-}" "${#?}" "${##}" "${#@}" "${#*}" "${#@Q}"
for text in '${#^}' '${#^^}' '${#,x}' '${?^}' '${-,,}'
do
	eval "echo \"$text\""
done
