# a comment
echo a # b
echo '#c' "#d" \#e f#g # h
#echo no
: # only
echo $#
