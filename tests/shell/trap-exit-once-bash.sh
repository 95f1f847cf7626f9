# shells: bash
# an error in a stage of the EXIT trap does not run it again
a='x y'
trap 'echo ${!a} | cat; (trap "echo in" EXIT); echo t' EXIT
x=$(trap 'echo ${!a} | cat' EXIT; echo y)
echo "$x"
