# shells: bash
# late: no command is called ]]
eval 'echo x | ]]'
eval '{ ]]; }'
x=']]'
$x
echo a ]]
t() { eval "$1"; echo $?; }; t "case x in (a|"; t "case x in a| "; t "case x in a|b"
