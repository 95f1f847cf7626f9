# shells: bash dash
# What a trap sees that kill runs, and what ends the shell there.
trap 'echo $?' INT; (exit 1); kill -INT $$; echo on $?
