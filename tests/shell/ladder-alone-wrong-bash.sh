# shells: bash
# ladder: bash goes on in two processes behind an error in redirections of the standard input alone,
# with assignments before a wrong one behind it, and what it counts of an end that goes on is odd
x=$(<${!c}; echo in
echo in2)
echo "[$x]"
eval 'a=1 b=$((1/0)) :
declare -p a'
eval 'for x in \
'
eval 'if\
'
x=$((echo a)\
; echo $LINENO)
echo "$x"
