# shells: bash
# The message about an index ends the shell under set -e, tested or not.
( set -e; r=([-1]=x [-2]=y) && :; echo a ); echo $?
( set -e; (exit 3) || r=([@]=x); echo a ); echo $?
( set -e; printf -v 'r[-1]' x || :; echo a ); echo $?
( set -e; (( r[-1] = 1 )) || :; echo a ); echo $?
( r=([-1]=x); echo a ); echo $?
