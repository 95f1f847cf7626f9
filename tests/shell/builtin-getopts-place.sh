# A function's own OPTIND, or one before a command, goes: where getopts is in a word then.
own() { local OPTIND; getopts xyz o -xyz; echo "own $o $OPTIND"; }
set_own() { local OPTIND=1; :; }
next() { getopts abcde o -abc -de; echo "$o $OPTIND"; }
getopts abcde o -abc -de; echo "$o $OPTIND"
own 2>/dev/null
getopts abcde o -abc -de; echo "$o $OPTIND"
getopts abcde o -abc -de; echo "$o $OPTIND"
getopts abcde o -abc -de; echo "$o $OPTIND"
set_own
getopts abcde o -abc -de; echo "$o $OPTIND"
OPTIND=1
getopts abcde o -abc -de; echo "$o $OPTIND"
OPTIND=1 true
getopts abcde o -abc -de; echo "$o $OPTIND"
OPTIND=1 set_own
getopts abcde o -abc -de; echo "$o $OPTIND"
OPTIND=2 eval :
getopts abcde o -abc -de; echo "$o $OPTIND"
