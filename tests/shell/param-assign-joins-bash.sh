# shells: bash
# the values that ${x=..} assigns are joined as in x=..
set -- 'p q' r
r=("$@")
for IFS in b '' ' '; do
	for x in '${x=${@^}}' '"${x="${@^}"}"' '"${x=${@//p/c}}"' '${x="${@:1}"}' '${x=a"${@:1}"}' '${x=${@@U}}' \
		'${x=${@#p}}' '"${x=${r[@]#p}}"' '${x=${r[@]%%r*}}' '${x=${z-${@#p}}}' '${x=$@}' '${x="$*"}' '${x=${r[*]%r}}'; do
		eval "unset x; printf '[%s]' $x; echo \"\$x\""
	done
done
