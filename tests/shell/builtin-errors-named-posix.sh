# shells: dash
# A builtin is named when a variable is read-only; command keeps a special one from ending the shell.
readonly a=1
(readonly a=2)
(export a=2)
(a=2)
read a </dev/null; echo $?
f() { local a=2; }; (f)
command export a=2; echo $?
command shift 9; echo $?
command . ./none; echo $?
command eval "shift 9"; echo $?
(unset a)
shift 9; echo not
