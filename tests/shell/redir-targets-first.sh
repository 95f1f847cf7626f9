# shells: dash
# dash expands all targets of a command before it opens the first file, and an error there ends it.
(cat none > out > "${u?}"); ls
(: > out > "${u?}"); ls
! cat none > "$u"; echo $?
(echo a \
	>&x)
(set -u; cat none > "$u" || echo no)
cat <<E || echo here
${u?}
