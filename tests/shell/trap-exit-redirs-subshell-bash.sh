# shells: bash
# The EXIT trap and the redirections of what was left: in a subshell those around it as well.
for i in 1; do ( trap "echo T1" EXIT; exit 3 ); done >out
for i in 1; do ( trap "echo T2" EXIT; : ${x?} ); done >out
for i in 1; do ( trap "echo T3" EXIT; echo $((1/0)) ); done >out
{ ( trap "echo T4" EXIT; declare -i z=1/0 ) >out3; } >out2 | cat
g() { ( trap "echo T5" EXIT; set -e; false ); }
g >out
eval '{ ( trap "echo T6" EXIT; : ${x?} ); } >out5'
eval '( trap "echo T7" EXIT; { echo $((1/0)); } >out6 )'
f() { ( trap "echo T8" EXIT; { return 3; } >out7 ); echo $?; }
f
x=$(trap "echo T9" EXIT; { exit 3; } >out8); echo "<$x>"
x=$(trap "echo T10" EXIT; eval "set -e; : \${x?}" >out9); echo "<$x>"
{ ( trap 'echo T11' EXIT; if :; then eval 'r[-9]=1' >out10; fi ) >out11; } | cat
