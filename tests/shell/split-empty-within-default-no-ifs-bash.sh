# shells: bash
IFS= x=
for n in 1 2 3 4 5; do
	case $n in
	1) set -- '' '' ;;
	2) set -- '' r ;;
	3) set -- r '' ;;
	4) set -- '' r '' '' q '' ;;
	5) set -- r q ;;
	esac
	printf '<%s>' ${x+$*} a${x+$*}b "$x"${x+$*} ${x+$*}"" a${x+b$*}c a${x+$*b}c; echo
	printf '<%s>' a${x+$*$*}c a${x+$@$*}c a${x+$*$@}c a${x+$@}c a${no-${*%q}}c; echo
	printf '<%s>' ${x+$*${x+$*}z}c ${x+$*${x+$@}$*}c a${x+""$*}c a${x+$*}"$@"c; echo
done
