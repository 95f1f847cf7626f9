# shells: dash
# The targets of a subshell's redirections are expanded around it, what follows << within.
( cat ) <<X
${x:=5}
X
echo "${x-u}"
( cat ) >"$none$((z=3))" <<X
${x?bad}
X
echo "${z-u} $?"
(trap 'echo t' EXIT; cat) <none; echo $?
set -e
trap 'echo end $?' EXIT
( : ) <none || echo or
( : ) <none
