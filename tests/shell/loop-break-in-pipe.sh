# shells: bash
while :; do break | cat; { break; } | cat; ( break ); break; done
