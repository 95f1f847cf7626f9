# shells: bash
# A $@ in a pattern is quoted but where there is no IFS.
for IFS in '' : ' ' ': '; do
	for args in '"p q" "a:*"' '"*" "b c"' '"" "?"' ''; do
		eval "set -- $args; r=(\"\$@\")"
		for s in 'p q a:*' 'p q a:b' '* b c' 'x b c' '*' ' ?' ' z' '? ' ''; do
			[[ $s = $@ ]]; printf $?
			[[ $s = *${r[@]} ]]; printf $?
			[[ $s = ${r[*]} ]]; printf $?
			[[ $s = $*x ]]; printf $?
		done
		echo
		(set -x; [[ x = $@ ]]; [[ x = $* ]]; [[ x = ${r[*]} ]]; [[ x = $1 ]]) 2>&1
	done
done
