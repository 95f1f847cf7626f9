# shells: bash
# Behind a backslash at the end of a text no newline is made up where a redirection's word should be.
e=eval
$e 'echo a <<<\
'
echo $?
$e 'r=() >\
\
'
$e 'echo a 2>\
'
$e 'echo a 2>\
 \
'
$e 'echo a <'
x='r=() < \
'
trap "$x" EXIT
