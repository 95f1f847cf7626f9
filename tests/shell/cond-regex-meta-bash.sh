# shells: bash
for w in 'x)' '(x))' '[)]' 'x)|' 'x) || a' 'x;y' 'x&y' 'x<y' 'x>y' '"x")' '$x)'; do
	(eval "[[ x =~ $w ]]" 2>/dev/null)
	echo "$w $?"
done
[[ x =~ x&&y ]]; echo $?
[[ x =~ y&&y ]]; echo $?
[[ x =~ x||y ]]; echo $?
[[ x =~ (x;&<>y)|x ]]; echo $?
[[ x =~ a|x|b ]]; echo $?
[[ (x =~ x) && ( x =~ (x)) ]]; echo $?
