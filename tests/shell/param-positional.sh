echo "$1" "$2" "$3" $# "$0" >/dev/null; echo "$1" "$2" "<$3>" $#
set -- a b c d e f g h i j k; echo $10 ${10} ${11}
shift 2; echo $1 $#; shift; echo $*
