# shells: bash
# what bash writes anew of $(..) it reads again: numbers, lines
x=$(echo a 1<>new); echo "[$x]"; cat new
echo "$(: "$(if :; then :; fi)"; nosuch)" $(echo "$(if :; then :; fi)" nosuch$(nosuch))
( (
: ) > none/x
)
( ( nosuch
)
)
