# shells: dash
# dash's getopts: OPTARG is what the last letter left; shift, set, a function and OPTIND= start it anew.
getopts a o x; echo $? $o $OPTIND "$OPTARG"
OPTARG=kept
getopts ab:c o -z; echo $? $o $OPTIND "${OPTARG-unset}"
set -- -ab x -c
getopts ab:c o; echo $? $o $OPTIND "$OPTARG"
f() { getopts ab:c o -b; echo $? $o $OPTIND "$OPTARG"; }
f
getopts ab:c o; echo $? $o $OPTIND "$OPTARG"
shift
getopts ab:c o; echo $? $o $OPTIND "$OPTARG"
OPTIND=1
getopts :b: o -b; echo $? $o $OPTIND "$OPTARG"
getopts a 1 -a; echo $? $o $OPTIND
(OPTIND=x; echo no)
readonly o; getopts a o -a; echo $? $OPTIND
