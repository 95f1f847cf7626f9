# shells: bash
# ladder: brackets within the brackets of a pattern, in an expression of [[ ]]
r=(one two)
[[ 1 -ne -${r[@]%[[:alpha:]]}4a || ${r/#[[:alpha:]]/x} -eq 1 ]]
