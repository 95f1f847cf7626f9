# shells: bash
for text in , ,, a, a,, ,a '' ' , '; do
	IFS=', ' read -ra r <<< "$text"; echo ${#r[@]}
	IFS=, read -ra r <<< "$text"; echo ${#r[@]}
done
