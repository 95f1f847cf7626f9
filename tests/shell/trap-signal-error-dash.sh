# shells: dash
trap 'set <none' INT
kill -INT $$
echo no
