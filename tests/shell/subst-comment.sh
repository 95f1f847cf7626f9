x=$(# comment with ) paren
echo after); echo $x
