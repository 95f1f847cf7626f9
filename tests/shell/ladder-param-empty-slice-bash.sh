# shells: bash
# ladder: ${x:} is no slice
b=x
echo ${b::} ${b::1}
(echo "${b:}")
echo on
