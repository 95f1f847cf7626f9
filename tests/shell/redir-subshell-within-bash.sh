# shells: bash
n=3
( echo $n; trap 'echo end' EXIT ) <<< $((n = 1)) > out
echo $n
cat out
( exec 3> kept; echo a >&3 ) 2>&1
cat kept
