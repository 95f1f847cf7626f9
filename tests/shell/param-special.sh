true; echo $?; false; echo $?; (exit 7); echo "$?"
case $$ in *[!0-9]*) echo bad;; *) echo number;; esac
