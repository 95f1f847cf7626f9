# shells: bash
# ladder
exec {fd}>out; echo hi >&$fd; exec {fd}>&-; cat out
printf '%(%Y-%m-%d)T %s\n' 86400 x
[ "$BASHPID" != "$$" ] || echo same; (cat /dev/null; [ "$BASHPID" = "$$" ] || echo other)
