# shells: bash
# a local text becomes an empty array
f(){ local b=7; local -a b; echo "[${b[0]}]"; declare -p b; }
f
b=8 f
g(){ local -a b; echo "[${b[0]}]"; declare -p b; }
b=8 g
b=3; g
f
