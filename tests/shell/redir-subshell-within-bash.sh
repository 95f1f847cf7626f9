# shells: bash
n=3
( echo $n; trap 'echo end' EXIT ) <<< $((n = 1)) > out
echo $n
cat out
( exec 9> kept; echo a >&9 ) 2>&1
cat kept
