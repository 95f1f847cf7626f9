# shells: dash
# a name, an operator and a parenthesis go on behind a backslash at a line's end
t() { echo "== $1"; (t=$1; x=abc; set -- p1 p2; ab=AB abc=ABC; eval "$t"; echo "= $?") 2>&1; }
nl='
'
t 'echo $ab\'"$nl"'c'
t 'echo $\'"$nl"'abc'
t 'echo ${\'"$nl"'a\'"$nl"'b\'"$nl"'c\'"$nl"':\'"$nl"'-x}'
t 'echo ${x\'"$nl"'#\'"$nl"'#a}'
t 'echo ${x#\'"$nl"'a}'
t 'echo ${#\'"$nl"'x}'
t 'echo $(\'"$nl"'(1+2\'"$nl"')\'"$nl"') $LINENO'
t 'echo $(\'"$nl"'echo a) $LINENO'
t 'echo "$\'"$nl"'{x}y" $LINENO'
t "echo \`echo 'a\\${nl}b'\`"
