# shells: bash
# The trace shows ! before a question, not before parentheses.
set -x
[[ ! ( -s s ) ]]
[[ ! -s s ]]
[[ ! ( ! -s s ) ]]
