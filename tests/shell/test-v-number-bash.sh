# shells: bash
# -v of a number is asked of a parameter: a number with blanks and a sign is one as well.
set -- a '' c
for x in 0 3 4 ' 1' '1 ' $'1\t' $'\n1' $'1\n' +1 -1 -0 01 0x1 '1 1' ' ' 'x ' 1a; do
	[ -v "$x" ]
	echo "$?"
	[[ -v $x ]] && echo yes
done
