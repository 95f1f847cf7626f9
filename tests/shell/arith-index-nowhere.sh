# shells: bash
# late: An element whose index is nothing: told of, and the rest goes on.
((a[$u]++)); echo $?
((a[]=1)); echo $?
echo $((a[$u] + 1)); let "a[]+=1"; echo $?
a=(1 2); ((a[$u]++)); echo ${a[@]}; x=$((1 ? 2 : a[])); ((a[""]++)); echo $x ${a[@]}
