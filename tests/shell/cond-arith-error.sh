# shells: bash
[[ $((1 +)) = 1 ]]
(( $((2 +)) ))
echo on
