# shells: bash
# exec lowers SHLVL, but within ( )
(exec env) | grep SHLVL
x=$(exec env | grep SHLVL); echo $x
x=$(exec env); echo "$x" | grep SHLVL
(env; true) | grep SHLVL
(exec /usr/bin/env | grep SHLVL)
(true; exec env) | grep SHLVL
{ exec env; } | grep SHLVL
$(exec env | grep -q zzz) 
SHLVL=5; (exec env) | grep SHLVL
unset SHLVL;  (exec env) | grep SHLVL
echo "`exec env`" | grep SHLVL
x=$( (exec env) ); echo "$x" | grep SHLVL
f() { exec env; }; (f) | grep SHLVL
