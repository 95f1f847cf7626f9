# shells: bash
readonly zz=1
declare zz=2
export zz=2
typeset zz=3
f() { local zz=4; }; f
readonly zz=5
declare -r zz=
zz=2 echo a
