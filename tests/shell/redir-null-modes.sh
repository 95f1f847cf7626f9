# shells: bash dash
cat "$0" 1</dev/null 2>/dev/null; echo $?
read x 0>/dev/null 2>/dev/null; echo $?
exec 3>/dev/null; cat <&3 2>/dev/null; echo $?
exec 4</dev/null; echo a >&4; echo $?
exec 5<>/dev/null; echo a >&5; cat <&5; echo $?
{ echo a; cat; } >/dev/null </dev/null; echo $?
