# shells: bash
# Where a "$@" has bash split a word, what of the word's own text is in IFS means nothing in a pattern.
mkdir d
echo >f
e=() r=('')
for IFS in : '' ' :' d a '[' -; do
	printf '<%s>' [[:alpha:]]*"$@"
	printf '<%s>' "${!unset[@]}"[[:alpha:]]*
	printf '<%s>' [[:alpha:]]*"${unset[@]}" [d:f]*"${@:9}" [a-z]"${@#x}" [!:]*"${e[@]}"
	printf '<%s>' [[:alpha:]]*"${r[@]-}" [a-z]"${unset[@]-}" [a-z]"${r[*]}" [a-z]"" [a-z]$@
	echo
done
