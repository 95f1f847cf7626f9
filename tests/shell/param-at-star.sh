set -- 'a b' c ''
for i in $@; do echo "<$i>"; done
for i in "$@"; do echo "<$i>"; done
for i in $*; do echo "<$i>"; done
for i in "$*"; do echo "<$i>"; done
for i in "x$@y"; do echo "<$i>"; done
IFS=:; echo "$*"; for i in $*; do echo "<$i>"; done
