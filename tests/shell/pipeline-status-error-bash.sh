# shells: bash
# an error that drops the line
false | true
echo $((1/0))
echo "${PIPESTATUS[@]}"
set -e -o pipefail
eval nosuch | cat || echo "${PIPESTATUS[@]}"
eval '(exit 4); true' | cat || echo "${PIPESTATUS[@]}"
