# shells: bash
# The name is looked at last.
getopts ab: 1x -b foo; echo $? $OPTARG $OPTIND
OPTIND=1
getopts a opt- -b; echo $?
