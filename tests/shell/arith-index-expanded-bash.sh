# shells: bash
# An index that an expansion goes on with is no mistake, whatever stands before that.
r=(5 6 7) x=1
(( r[$x] == 6 )); echo $?
echo $((r[$x] + r[${x}+1] * r[$((x))])) $((a[$x]=$x)) ${a[@]}
for ((i = 0; i < r[$x] - 4; i++)); do let "r[$i]++"; done; echo "${r[@]}"
(echo $((r[$x)); echo no)
