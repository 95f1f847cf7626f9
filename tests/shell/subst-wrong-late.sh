# shells: bash
# A wrong text within $(( that is no arithmetic is told when it would run, and the rest goes on.
e=
trap "$e"' $(( ** 3) a ?)' EXIT
eval "$e"'echo $(( 1 + 2) a)'
eval "$e"'echo $((echo 1) ; (echo 2))'
eval "$e"'echo "$((if) ; (echo 2))"'
eval "$e"'echo $((if) a'
eval "$e"'x=$(( a b) c); echo k'
