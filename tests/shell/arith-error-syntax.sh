# shells: bash dash
# late
echo start
(echo $((1 + ))) 2>/dev/null; echo $?
(echo $((1/0))); echo $?
(echo $((4 % 0))); echo $?
