# shells: bash
# += within a declaration adds integers; the value of an element is not split; wrong indices leave an array
n=2; set -- 'a b' c
declare -i i=4; declare i+=2; export i+=$((n+1)); declare -p i
r=(1 2 3); declare -i r+=n r[1]+=$n; declare -p r
declare q[n]="$@" q[1]=$* q[0]+=x; declare -p q
declare -x r[-9]=v; echo "$?"; declare -p r; declare u[@]=3; echo "$?"; declare -p u
f() { local r[-1]=x; echo "$?"; declare -p r; }; f
x+=(); declare -p x; e=; e+=([-1]=q); declare -p e
