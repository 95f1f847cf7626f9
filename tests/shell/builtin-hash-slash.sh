# hash says nothing of a name with a slash
hash ./none; echo $?
hash /none/x nosuch; echo $?
