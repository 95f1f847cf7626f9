# shells: bash
# ladder
f() { local FUNCNAME=z; echo "$FUNCNAME"; }; f
g() { local RANDOM; echo "<${RANDOM-none}>"; }; g
declare -p GROUPS | sed 's/=.*//'; declare -p OPTERR
unset FUNCNAME; h() { echo "<$FUNCNAME>"; }; h
