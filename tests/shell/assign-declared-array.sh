# shells: bash
# A word "x=(..)" is an array's where it is declared as one.
declare -a "x=(1 2 3)"; echo "${#x[@]} ${x[1]}"
declare "y=(1 2)"; echo "$y"
f() { local -a "z=(4 'b c' \$1)"; declare -p z; }
f q
export "w=(1)"; echo "$w"
q=(1 2); declare "q=(a b)"; declare -p q
readonly -a "g=(1 2)"; declare -p g
