# shells: bash
# An operand of -lt with the indices of an array in it, and no IFS: they stand side by side.
r=(1 2)
set -- 1 2
for IFS in '' : ' '; do
	for n in '[[ x${!r[@]} -lt 1 ]]' '[[ x${!r[@]}"${r[@]}" -lt 1 ]]' '[[ 1 -lt $@${!r[*]} ]]' '[[ x${!r[@]}$* -lt 1 ]]' \
		'[[ x${!r[@]} = x01 ]]'; do
		(set -x; eval "$n"; echo $?)
	done
done 2>&1
