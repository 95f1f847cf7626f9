# shells: dash
set -- 'p q' r '' 'a b'
for IFS in ' ' : ''; do
	printf '<%s>' ${@%?} A ${*%?} B "${@%?}" C "${*%?}"; echo
	printf '<%s>' ${@#?} A ${*#?} B "${@#?}" C "${*#?}"; echo
	printf '<%s>' ${@##*} A ${*%%*} B "${@%%r*}" C "${*#*r}"; echo
	x=${@%?} y=${*#p} z="${@##*r}"; echo "$x,$y,$z"
done
set --
printf '<%s>' ${@%?} A "${@%?}" B "${*%?}"; echo
