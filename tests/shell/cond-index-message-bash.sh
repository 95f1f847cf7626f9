# shells: bash
# an index within [[ ]], let and (( )) speaks for itself
n=a=~ r=(1)
[[ ${#r[n]} ]]
echo $?
(( ${r[08]} ))
echo $?
