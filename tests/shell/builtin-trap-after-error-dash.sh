# shells: dash
# The error that ends the shell is not the trap's.
echo 'return 3' >r
(set -e; trap '. ./r' EXIT; echo "$none"; exit 2); echo $?
(set -eu; trap '. ./r' EXIT; echo "$none"); echo $?
(set -u; trap '. ./r; echo on' EXIT; echo "$none"); echo $?
(trap 'echo t; : ${none?y}; echo no' EXIT; echo "${none?x}"); echo $?
