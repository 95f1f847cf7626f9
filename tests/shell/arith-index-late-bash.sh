# shells: bash
# An index is worked out once what stands behind it was looked at, that of x[i]=y behind y; set -u
# asks for the array before.
a='x y'
let 'b[a] ['; let 'b[a] 09'; let '(b[a] [)'; let 'b[a]= $'; let 'b[a=3,0] ['
echo "$a"
a=1; ((b[a++]=a++)); echo $a ${!b[@]} ${b[@]}
((b[a=0]+=a)); echo $a ${!b[@]} ${b[@]}
(set -u; echo $((c[a=7/0])))
(set -u; echo $((c[])); echo no)
(set -u; c=1; let 'c[]++'; echo no)
# a bad one leaves the variable what it was
let 'd[-3]=2'; echo "${d[@]}"; declare -p d
d=5; let 'd[-3]=2'; declare -p d
