# shells: bash dash
# late
echo one; echo $((1+*2)); echo two
echo three
