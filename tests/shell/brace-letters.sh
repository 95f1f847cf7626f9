# shells: bash
printf "<%s>" {Z..a} {a..Z}; echo
