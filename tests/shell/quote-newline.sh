x='a
b'; echo $x; echo "$x"; echo "c
d"
