x=$(echo hello); echo "$x" `echo back` "$(echo "nested $(echo "deep")")" `echo \`echo inner\``
echo "$(printf 'a\n\nb\n\n')"; y=$(true); echo "<$y>"; echo $(echo a; echo b)
