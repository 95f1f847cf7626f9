# shells: bash dash
# ladder
echo a | { [ -p /dev/stdin ]; echo $?; }
[ -p /dev/stdin ] </dev/null
echo $?
