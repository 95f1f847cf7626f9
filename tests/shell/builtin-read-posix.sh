# shells: dash
# dash's read: fields as the words of an expansion are split, names checked one by one, nothing read is empty.
show() { printf '<%s>' "$@"; echo; }
for i in ' ' ':' ': ' '' 'ab:'; do
	for s in 'a b\n' ' a  b c ' 'a:b:\n' 'a:b::\n' ' : a : \n' 'a\\\\ b c\\\\:d:\n' '\n' '' ':::\n' 'x\\\\\ny z\n' 'a: \n' 'a b : : c\n'; do
		printf "$s" | { IFS=$i read a b; echo $?; show "$a" "$b"; }
		printf "$s" | { IFS=$i read -r a; show "$a"; }
	done
done
echo 1 2 3 | { read a 1x b; echo $? $a; }
a=kept; read -r a <&-; echo "$? <$a>"
read; echo $?
