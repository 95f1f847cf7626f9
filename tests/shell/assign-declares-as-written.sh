# shells: bash
# Only a declaration that is written as such keeps its values whole; one in a variable may be.
w='a b c' e=export
$e x=$w; echo "$x"
'export' y=$w; echo "$y"
\export z=$w; echo "$z"
export w2=$w; echo "$w2"
