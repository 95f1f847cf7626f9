echo one
nosuch1

f() {
	nosuch2
}
f
if true; then
	nosuch3; fi
echo "a
b"; nosuch4
echo $LINENO
cat <<E
x
E
nosuch5
