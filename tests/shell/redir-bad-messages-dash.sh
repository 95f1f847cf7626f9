# shells: dash
# Descriptor 2 is put aside before it is found that there is nothing to take its place.
true 2>&7; echo $?
{ :; } 2>&7; echo $?
( : ) 2>&7; echo $?
true 2>out 2>&7; cat out
true 3>&7; echo $?
(: 2>&7); echo $?
(exec 2>&7); echo $?
