# What is there but may not be executed, by a path, on PATH, by exec.
mkdir p d; echo 'echo no' >p/cmd
./p/cmd; echo $?
(exec ./p/cmd); echo $?
(exec p/cmd/x); echo $?
(exec ./d); echo $?
PATH=$PWD/d:$PWD/p
cmd; echo $?
(exec cmd); echo $?
(exec ./none); echo $?
(exec none); echo $?
