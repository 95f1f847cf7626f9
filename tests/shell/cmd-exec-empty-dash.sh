# shells: dash
(exec ''); echo $?
(exec '' a); echo $?
