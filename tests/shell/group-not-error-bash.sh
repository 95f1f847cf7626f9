# shells: bash
# an error that ends ( ! command ) is turned around
( ! exit 3 ); echo $?
( ! exit 0 ); echo $?
( ! echo $((1%0)) ); echo $?
( ! echo ${x?a} ); echo $?
( ! { exit 3; } ); echo $?
( ! (exit 3) ); echo $?
( ! true | exit 3 ); echo $?
( ! ! exit 3 ); echo $?
(set -e; ! exit 3 ); echo $?

{ ! exit 3; } | cat; echo ${PIPESTATUS[*]}
f() { ! return 3; }; f; echo $?
( ! f ); echo $?
x=$( ! exit 3 ); echo $?
a='x y'; ( ! echo ${!a}; ); echo $?
for i in 1 2; do for j in 1; do break 0; done; echo $?; done
