# shells: bash dash
# late
x=abc; (echo $((x + 1))); echo $?; y=12abc; (echo $((y))) 2>/dev/null; echo $?
(echo $((08))) 2>/dev/null; echo $?
