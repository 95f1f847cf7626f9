# shells: bash
# A text that is known only here, with a process substitution or a command in the background: what is wrong in it.
for text in 'cat <(echo a))' "cat <('" 'cat <("a' 'echo < (a)' 'echo a<(b)c )' 'echo 2> >(a) )' 'x=(<(a) ) )' \
	'echo ${x-<(a)} )' '[[ <(a) ]] )' 'case <(a) in ) )' 'echo <<(a)' '<(a) ;;' 'then<(a) )' 'echo $(<(a) ) )' 'echo `<(a)` )' \
	'cat <(<(a) )) )' 'cat <(  echo  x   b & ) )' '<(x) fi; fi' 'a & ; b' 'a & & b' 'a &; b' 'a & fi' '{ a & } )' 'a & <(b) )' 'f() { a & } ; )'
do
	eval "$text"
	echo "$?"
done
# a number that no descriptor has is a word
eval 'echo 2147483648>q; cat q'
echo 99999999999999999999 <q
