x='  a   b	c
d  '; set -- $x; echo $#; for i; do echo "<$i>"; done; echo a$x"b"
