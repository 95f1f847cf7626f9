# shells: dash
# a backslash in a value, in front of a slash: it goes, and the slash is one
mkdir -p t d; touch t/1a 1b
for a in 't\/1*' '*\/1a' '\t\/1*' 't\\/1*' 't\/\/1*' 't/\/1*' '[t]\/1a' '[t\/1a' 't\/' '*\/' 't\/zz*' '\/u?r'; do
	printf '[%s]' $a "$a" $a"x" "$a"*
	echo
done
