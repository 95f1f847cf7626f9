# shells: dash
# Behind a missing argument nothing of that word is left, whatever the words are next.
set -- 'p q' r
getopts ab:c o -b; echo "$? $o $OPTIND"
getopts ab:c o; echo "$? $o $OPTIND"
OPTIND=1
getopts :ab:c o -ab; echo "$? $o $OPTIND"
getopts :ab:c o -ab; echo "$? $o $OPTIND $OPTARG"
getopts :ab:c o -xyz -c; echo "$? $o $OPTIND"
