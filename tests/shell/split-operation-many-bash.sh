# shells: bash
set -- 'p q' r
r=(one 'two b' '' four)
for IFS in b ' ' : ' b'; do
	printf '<%s>' ${*##*} A ${@##*} B ${@#p} C ${r[@]#o} D ${r[*]/e/:} E ${r[@]:1} F ${@:1}; echo
	printf '<%s>' "${*##*}" A "${@##*}" B x${@%r}y C ${r[@]^} D ${r[@]:2:1}; echo
done
