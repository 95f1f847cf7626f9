# shells: bash
# late
[[ $((1 +)) = 1 ]]
(( $((2 +)) ))
echo on
