# shells: bash dash
# ladder
echo before
if true; then
