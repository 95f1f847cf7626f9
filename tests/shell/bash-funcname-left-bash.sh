# shells: bash
# FUNCNAME is there outside once an error has left a function, until the next one ends
f() { echo "${@:0:-1}"; }
f
echo "${FUNCNAME[*]}|${#FUNCNAME[@]}"
g() { :; }; g
echo "${FUNCNAME[*]}|"
