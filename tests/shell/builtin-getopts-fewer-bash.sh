# shells: bash
# OPTIND is never beyond the words given
for i in 1 2 3; do getopts :ab: o x; echo "$o $OPTIND"; getopts a o -a -b x y; echo "$o $OPTIND"; done
OPTIND=7; getopts ab o; echo "$OPTIND"
