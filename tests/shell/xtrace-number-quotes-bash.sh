# shells: bash
# ladder: quotes within a number of [[ ]]
set -x
[[ "\"3" -eq 3 ]]
