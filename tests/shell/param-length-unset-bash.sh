# shells: bash
# a length of what is no array: said before the index is looked at
set -u
a=x n='\'
(echo ${#a[n]})
n=a=~
[[ ${#r[n]} ]]
