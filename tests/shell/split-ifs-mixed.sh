IFS=' ,'; x='a , b,,c  d , '; set -- $x; for i; do echo "<$i>"; done; echo $#
y=' x '; set -- pre$y"post"; for i; do echo "[$i]"; done
