# shells: bash
# late
# Behind a wrong [[ ]] in a text bash's parser is within it still: the next "[[" or "]]" is wrong too.
for x in '[[ < a ]]' '[[ -n ]]' '[[ a b ]]' '[[ a' '[[ a && ]]'; do
	for y in '[[ < b ]]' '[[ -n b ]]' 'echo a; [[ -n b ]]' '[[' 'echo ]]' ']]' 'case x in ]]) ;; esac' 'for i in ]]; do :; done' 'echo [[' 'if' '(eval "[[ -n b ]]")'; do
		(eval "$x"; eval "$y"; echo $?; eval '[[ -n c ]]'; echo $?)
	done
done 2>&1
(eval '[[ < a ]]'; trap '[[ -n b ]]; echo t' EXIT)
(eval '[[ < a ]]'; y=$(eval '[[ -n b ]]'); echo $?; eval '[[ -n c ]]'; echo $?)
eval '[[ < a ]]'; echo here
echo 'no [[' # ]]
[[ -n q ]] && echo no
echo no
