# shells: bash
# values are expanded before the array changes, elements set one by one; indexes before the first element
r=(a b c); r=([-1]=x [5]=y [-2]+=q z); declare -p r; echo $?
r=(a b c); r+=([-1]=x [5]=y [-2]+=q z); declare -p r; echo $?
n=-2; r=(1 2 3 [n]+=y); declare -p r; r=([n]=y 5); declare -p r; r=([1+]=y 5); declare -p r; echo "s $?"
r=(a b c); r=([0]+=x [0]+=y); declare -p r
r=(a b c); r+=([0]+=x [0]+=y [1]=k l m n); declare -p r
r=(a b c); r=("${r[@]}" "${r[0]}" [7]="${r[1]}"); declare -p r
r=(); r[n]=3; echo after
r=(5 6 7); r[n]=3; declare -p r; echo after
declare -a q=([-1]=x); echo $?
local -a q; f() { local -a z=([-1]=x y); declare -p z; }; f
r=([]=x); r=([@]=x); r[]=x; echo a
r[*]=x; echo b
r[" "]=x; declare -p r
unset r; r=abc; r+=(d); declare -p r; r+=x; declare -p r
s=abc; s[1]=d; declare -p s; s[0]+=q;  declare -p s
unset 'r[-9]'; unset 'r[0]'; declare -p r; unset r[-1]; declare -p r; unset 'r[@]'; declare -p r
set -u; echo "${q9[@]}" ${#q9[@]}; echo ${q9[0]}
