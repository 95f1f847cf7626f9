# shells: bash
# What is wrong in the value of an integer leaves $? as it was, where that was no success.
declare -i i r=()
( r[4]+=")" ); echo $?
(exit 3)
( r[4]+=")" ); echo $?
(exit 3)
i=")"
echo $?
(exit 3)
declare -i j=")"
echo $?
f() { local -i k=")"; echo no; }
(exit 3)
f
echo $?
unset i; declare -i i
(exit 3)
: ${i=")"}
echo $?
(exit 3)
(echo ${r[1+]}); echo $?
(exit 3)
eval 'i=")"; echo no' && echo yes
echo $?
