set --
for i in "$@"; do echo "<$i>"; done; for i in "$*"; do echo "[$i]"; done
for i in ${x+"$@"}; do echo no; done; echo $# "${*:-none}"
