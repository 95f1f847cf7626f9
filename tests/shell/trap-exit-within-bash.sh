# shells: bash
# which EXIT traps run while the shell's does
trap 'trap "echo e" EXIT | cat; { trap "echo g" EXIT; } | cat; (trap "echo s" EXIT) | cat; echo $(trap "echo c" EXIT); f | cat; if :; then trap "echo i" EXIT; fi | cat; true | trap "echo l" EXIT; eval "trap \"echo v\" EXIT" | cat; . ./tt | cat; echo $(trap "echo cs" EXIT | cat);  ( trap "echo ps" EXIT | cat; trap "echo pt" EXIT ); command trap "echo cm" EXIT | cat' EXIT
f() { trap "echo f" EXIT; }
echo 'trap "echo d" EXIT' > tt
