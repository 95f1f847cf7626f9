# shells: bash
for x in '(("$(' '(("${' '(("`' '(("' 'echo $(("$(echo' '((a["$((1' '((a"b${x}'; do
	(eval "$x") 2>&1 | sed 's/.*eval: //'
done
