# shells: bash
# no command is called ]]
eval 'echo x | ]]'
eval '{ ]]; }'
x=']]'
$x
echo a ]]
