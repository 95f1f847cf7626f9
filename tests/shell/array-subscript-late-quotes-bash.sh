# shells: bash
# Where an index ends in a text that comes late: quotes and expansions are passed over.
r=(5 6 7) x=1
for n in 'r["1"]' 'r["]"]' 'r[`echo ]`]' 'r["\""]' 'r[""]' 'r[$"1"]' 'r[${x-]}]' 'r[$(echo "]" >&2; echo 2)]'; do
	(echo "$n: $((n))")
	(let "$n" && echo "let $n")
done
for n in 'r["1]' "r['1]" 'r[1\]' 'r["1"]+r["0"]' 'r[1]["2"]' 'r[`1]' 'r[]' 'r["1"]' 'r[${x-]}]'; do
	(test -v "$n"; echo "$n $?")
	(unset "$n"; echo "$? ${r[@]}")
	(printf -v "$n" 7; echo "$? ${r[@]}")
	(read "$n" <<< 4; echo "$? ${r[@]}")
done
