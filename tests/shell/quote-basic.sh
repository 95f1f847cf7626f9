echo 'single $x `y` \n' "double \$x \`y\` \"q\" \\ \a" plain\ escaped \'
echo "a'b" 'a"b' a"b c"d'e f'g
echo "" '' a''b
echo "line \
continued" and \
more
