# shells: dash
# A special builtin that meets a read-only variable ends the shell with 2.
readonly a=1
(export a=2; echo no); echo $?
(readonly a=3; echo no); echo $?
(command export a=2; echo $?)
f() { local a=4; }
(f; echo no); echo $?
