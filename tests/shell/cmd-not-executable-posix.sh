# shells: dash
# A file on PATH that may not be executed: 127, but 126 for exec.
mkdir p; echo 'echo no' >p/cmd
PATH=$PWD/p:$PATH
cmd; echo $?
cmd | cat; command cmd; echo $?
(exec cmd); echo $?
