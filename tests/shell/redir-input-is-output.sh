# cat does not copy a file to itself.
{ echo a; cat out; } >out; cat out
cat out >>out; echo $?
: >empty; cat empty >>empty; echo $?
