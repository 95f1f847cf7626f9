# shells: bash
# ladder: brackets within the brackets of -v
set -x
[[ -v [[:alpha:]]* ]]
r=(1 2)
[[ -v r[1] && -v r ]]
