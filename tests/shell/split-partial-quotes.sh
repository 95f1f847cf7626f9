x='1 2'; set -- a$x"$x"b; for i; do echo "<$i>"; done
