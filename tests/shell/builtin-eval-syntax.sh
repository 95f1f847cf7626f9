# shells: bash dash
# late
eval 'echo a'; (eval 'if' 2>/dev/null); echo $?
