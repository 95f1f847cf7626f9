# shells: dash
echo a{b,c} {1..3}
