eval 'echo a'; (eval 'if' 2>/dev/null); echo $?
