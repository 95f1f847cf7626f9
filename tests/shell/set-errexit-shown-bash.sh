# shells: bash
# -e is shown where an eval that is asked for its status does not heed it
set -e
if eval 'echo $-; false; echo $SHELLOPTS; echo $(echo $-)'; then :; fi
if eval 'set +e'; then echo $-; fi
false
echo on
