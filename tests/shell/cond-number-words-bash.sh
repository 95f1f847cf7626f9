# shells: bash
r=(one "two  three" '' four)
[[ ${r[@]} -eq 1 ]]
[[ x${r[*]}y -eq 1 ]]
[[ "${r[@]}" -eq 1 ]]
