# shells: dash
# command runs what it names in the name of whoever called; -V looks at one name.
eval 'command nosuch'; echo $?
eval 'command . ./none'; echo $?
command -V [ nosuch
command -x; echo $?
eval 'command shift 9'; echo $?
