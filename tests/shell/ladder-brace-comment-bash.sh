# shells: bash
# ladder: a # in an expression of a word with a brace
echo \{a,}$((1 #2))
echo on
