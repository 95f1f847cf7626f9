# shells: bash
# What is assigned before a command that shows variables is not among them.
c=1 export -p | grep ' c='
c=1 export | grep ' c='
c=1 set | grep '^c='
c=1 command export -p | grep ' c='
export c=0
c=1 export -p | grep ' c='
f() { c=1 export -p | grep ' c='; c=2 set >/dev/null; echo $c; }
c=3 f
c=4 eval 'export -p' | grep ' c='
echo $c
