# shells: bash
# A pattern that is a backslash, or ends in one within a bracket that is open, finds nothing at the end.
for a in '\' 'x\' '\\' '[\' '*\' 'x[\'; do
	for p in '\' '[\' 'x\' '[x\' '[!\'; do
		printf '<%s>' "${a/%$p/}" "${a/#$p/}" "${a/$p/}" "${a//$p/-}" "${a%$p}" "${a#$p}" "${a/%"$p"/}" "${a%"$p"}"
		case $a in $p) echo m ;; *$p) echo s ;; *) echo n ;; esac
	done
done
