# shells: bash
# a pattern that ends in a backslash of a value is not found
a='a\' b='xa\*'
echo "${a//$a/}" "${a/$a/b}" "${a/#$a/b}" "${a/%$a/b}" "${a%$a}" "${a//"$a"/c}" "${b/$a/k}"
case $a in $a) echo same ;; esac
