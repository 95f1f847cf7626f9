set -- a b c; shift; echo $*; shift 2; echo $#; shift 0; echo $?; f() { shift; echo "$@"; }; f 1 2 3
