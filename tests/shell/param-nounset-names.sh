# shells: bash
set -u
(echo $1)
(echo ${1})
(echo ${1%x})
(echo $!)
set -e
(echo $none)
echo $((none)); echo not
