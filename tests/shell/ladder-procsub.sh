# shells: bash
# ladder
cat <(echo a) <(echo b); x=1; { sleep 0; echo bg; } & wait; echo $x
