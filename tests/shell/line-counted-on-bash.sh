# shells: bash
# late: behind an expression error bash goes on counting from the command that failed
for i in 1 2; do
	:
	echo $((1 +))
	:
done
nosuch
f() {
	:
	echo $((2 +))
}

f; echo no
nosuch
