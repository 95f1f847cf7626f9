# shells: bash
# a declaration's arrays are assigned when its words are expanded: before it is shown, before its redirections
r=(1 2); declare -i r=(1 2 n) 2>$((r[3]=7)); declare -p r; rm -f 7
f() { local q=(1 2) <none; declare -p q; }; f
declare b=(1 2) c=${b[1]} d=(${b[@]}); echo $c ${d[*]}
f() { readonly z=(1 2); local z=(3); echo $? ${z[*]}; }; f
(set -x; declare -r z=(1 2) 2>out; echo no)
cat out; echo "$?"
