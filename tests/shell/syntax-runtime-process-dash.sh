# shells: dash
# dash has no process substitution.
for text in 'cat <(echo a))' 'cat < (a)' 'cat a>(b)'
do
	( eval "$text" )
	echo "$?"
done
