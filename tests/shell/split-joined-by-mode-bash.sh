# shells: bash
# with what $* and its like are joined in a here-document, an assignment, a declaration, a $(..)
r=('a b' '' c:d); set -- 'a b' '' c:d
for IFS in : '' x; do
	cat <<E_1
$* ${*#a} ${*/a/X} ${*^} ${*:1} ${r[*]} ${r[*]#a} ${r[*]/a/X} ${r[*]:1}
E_1
	x="${@#a}" y="${r[@]:1}" z="$@"; printf '<%s>' "$x" "$y" "$z"
	read -r x <<< "x${@/a/X}"; printf '<%s>' "$x"
	export x=$* y=${*#a} z=${*^} q=${r[*]:1}; printf '<%s>' "$x" "$y" "$z" "$q"
	x="$(printf '<%s>' "${*#a}" ${*#a} $* ${r[*]#a})"; echo "$x"
done
