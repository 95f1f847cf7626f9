# shells: bash
# ladder: a << in what looks like an expression, and is none
echo "$((1|(<<1))e)" "$(( 2 <<E ) | cat)"
((true <<E) | cat)
echo on
E
