# shells: bash
# a \001 in a pattern that is shown has no backslash
set -x
[[ $'\cA' = $'a\cA' ]]
[[ $'a\cA' = $'a\cA' ]]
