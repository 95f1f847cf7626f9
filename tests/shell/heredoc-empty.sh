cat <<E
E
cat <<E
$empty
E
echo $?
