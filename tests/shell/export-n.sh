# shells: bash
export x=1; export -n x; env | grep '^x=' || echo no; echo $x; declare -x d=5; env | grep '^d='; declare +x d; env | grep '^d=' || echo no
