# shells: bash
# A wrong text within $(( that is no arithmetic is told when it would run, and the rest goes on.
trap ' $(( ** 3) a ?)' EXIT
eval 'echo $(( 1 + 2) a)'
eval 'echo $((echo 1) ; (echo 2))'
eval 'echo "$((if) ; (echo 2))"'
eval 'echo $((if) a'
eval 'x=$(( a b) c); echo k'
