while getopts ":ab:c" o; do case $o in a) echo a;; b) echo "b=$OPTARG";; c) echo c;; :) echo "missing $OPTARG";; \?) echo "bad $OPTARG";; esac; done <<E
E
set -- -a -b val -c rest; OPTIND=1; while getopts ":ab:c" o; do echo "$o ${OPTARG-} $OPTIND"; done; shift $((OPTIND-1)); echo "$@"
set -- -abval -cx -b; OPTIND=1; while getopts ":ab:c" o; do echo "$o ${OPTARG-}"; done; echo $OPTIND
set -- -ac -- -b; OPTIND=1; while getopts ab:c o; do echo "$o"; done; echo $OPTIND
f() { while getopts x:y o "$@"; do echo "$o $OPTARG"; done; }; OPTIND=1; f -y -x 1
