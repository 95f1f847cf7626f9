# shells: bash
# The last variable loses blanks at its end, protected or not, where several fields are left.
for t in 'a\ ' 'a b\ ' 'a b c\ \ ' 'a\ \ ' '\ a\ ' 'a\ b\ ' 'a \ ' 'a \ b'; do
	read x <<<"$t"; echo "[$x]"; read x y <<<"$t"; echo "[$x|$y]"; IFS=: read x y <<<"$t"; echo "[$x|$y]"
done
IFS=': ' read x <<<'a\  : b\ '; echo "[$x]"
kill -l; trap -l
