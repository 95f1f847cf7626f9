# shells: bash
# ${r[1]:=} of integers gives the number
declare -i r
echo "=${r[2]:=}" "=${r[3]:=1+1}"
