# shells: bash
# ${!r[*]} under an empty IFS
f() { printf '[%s]' "$@"; echo; }
r=(a 'b c' d)
set -- 'p q' r
IFS=
f ${!r[*]}
f ${!r[*]}$*
f ${!r[*]}"$@"
f "${!r[*]}"
x=${!r[*]}
f "$x"
case ${!r[*]} in '0 1 2') echo blanks ;; 012) echo none ;; esac
f "${2+$(f ${!r[*]})}" "${2+$(f ${r[*]#a})}"
# what stands beside them counts as it is expanded, not as it is written
r=(1 2 3)
for x in '${@:+x\ y}' '${@:+x}a:~' '"${@:+x}"' '${@:-x\ y}' '${b:+$@}' '${c-$*}' '${b+x}' '${*+z}' '${@+"$@"}' '"${@+$@}"' '${r[@]:0}'; do
	b=1
	IFS=
	set -- a 'b c'
	eval "printf '[%s]' \${!r[*]}$x"
	set --
	[ "$x" = '${@+"$@"}' ] || eval "printf '[%s]' \${!r[*]}$x"
	unset IFS
	echo
done
