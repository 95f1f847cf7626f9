# shells: bash
# late: what a wrong [[ is told of, when its text is read by eval
for x in '[[ ]]' '[[ a && ]]' '[[ ! ]]' '[[ && a ]]' '[[ (a ]]' '[[ a ) ]]' '[[ -n ( ]]' '[[ a -eq ( ]]' '[[ a = ) ]]' \
	'[[ a = ]]' '[[ a =~ ]]' '[[ $x ; ]]' '[[ a & b ]]' '[[ a == b c ]]' '[[ a == b ; ]]' '[[ a == b' '[[ a ==' \
	'[[ -n' '[[ -n a' '[[ !' '[[ a &&' '[[' '[[<>|]|]' '[[ a >> b ]]' 'echo; [[ a b ]]; echo' '[[ a -zz b ]]' \
	'if [[ a b ]]; then echo; fi' '[[ a =~ (a)|b ]] && echo yes' '[[ -n a b ]]' '[[ a =~ ; ]]' '[[ (a) b ]]'; do
	(eval "$x"; echo $?)
	echo $?
done
