# shells: bash
[ -v 1 ]; echo $?
[ -v 9 ]; echo $?
[[ -v 0 ]]; echo $?
[ -o errexit ]; echo $?
[ -o '' ]; echo $?
