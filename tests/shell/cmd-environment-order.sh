# shells: bash
# The order of a command's environment, SHLVL, and what _ is.
export a=1 b=2 c=3
one() { env | sed 's/^PWD=.*/PWD/;s/^TMPDIR=.*/TMPDIR/;s,=/.*/,=/,;/^PATH/d'; }
B=3 A=4 c=5 env | grep -v '[/]'
f() { local -x c=7 l=9; one; }
B=3 f
one
SHLVL=4 env | grep SHLVL
(env) > out; grep SHLVL out
({ env; }) > out; grep SHLVL out
(:; env) > out; grep SHLVL out
x=$(env); echo "$x" | grep SHLVL
env -i env
unset SHLVL; env | grep SHLVL
