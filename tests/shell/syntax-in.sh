true
eval "in x"
echo $?
