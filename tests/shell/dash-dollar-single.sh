# shells: dash
echo $'a\tb'
