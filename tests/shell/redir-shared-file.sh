# A file that a process has had for its output is written where it is while that is open.
{ echo 1 | paste; echo a; echo longer >out; echo b; } >out; od -c out
{ echo 1 | paste; echo a; echo longer >>out; echo b; } >out; cat out
{ echo 1 | paste; mv out out2; echo q >out; echo b; } >out; cat out out2
exec 3>x; echo 1 | paste >&3; echo y >x; echo z >&3; od -c x; exec 3>&-; echo k >x; cat x
