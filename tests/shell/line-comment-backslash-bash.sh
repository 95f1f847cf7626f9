# shells: bash
# late: a comment that ends a text with a backslash: two lines more
eval 'nosuch #\'
eval 'nosuch # a\
nosuch
nosuch || nosuch #\'
eval 'nosuch #\\'
eval '{ nosuch; } #\'
eval 'for i in $LINENO #\'
$BASH -c 'nosuch #\'
trap 'nosuch #\' EXIT
