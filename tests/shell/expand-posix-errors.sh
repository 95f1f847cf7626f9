# shells: dash
# ${x?word}: an empty word has a message of its own only when nothing at all stands there.
(echo "${u?}"); (echo "${u:?}"); (echo "${u?""}"); (echo ${u?$v}); (echo ${u:?a "b c"})
(echo "${1=x}"); (echo "${@:=x}"); (set -u; echo ${#u}); (set -u; echo ${u%x} $((u)))
echo "${w=a b}" ${w}; echo ${y:=$w}; echo "${z=*}" "$z"
(echo a; echo ${u!x}); (echo ${}); (echo "${#w x}"); (echo ${w:x}${q})
[ -z "${u+${w!}}" ] && echo unread
