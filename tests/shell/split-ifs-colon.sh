IFS=:; x='a::b:'; set -- $x; echo $#; for i; do echo "<$i>"; done; x=':a'; set -- $x; echo $# "<$1>"
