# shells: bash dash
# ladder
echo a
echo b | | c
