# shells: dash
# a redirection of a special builtin that fails ends the shell, but not where `command` runs what holds it
command eval ': <none; echo no'
echo $?
command eval 'set <none; echo no'
echo $?
echo ': <none; echo no' >f
command . ./f
echo $?
command eval 'command : <none; echo in'
echo $?
( eval ': <none'; echo no )
set -e
command eval ': <none' || echo or
( command eval ': <none'; echo no ) || echo or
f() { : <none; echo no; }
command eval f
echo no
