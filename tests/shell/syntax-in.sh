# shells: bash dash
# late
true
eval "in x"
echo $?
