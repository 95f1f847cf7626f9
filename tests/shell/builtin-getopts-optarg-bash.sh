# shells: bash
# A letter without an argument leaves OPTARG declared; no letter and a bad one remove it, also a read-only one.
getopts a o -a; declare -p OPTARG
getopts a o -a; declare -p OPTARG
f() { local OPTARG=f; g; echo "${OPTARG-unset}"; }
g() { OPTIND=1; getopts a o -a; echo "${OPTARG-unset}"; }
OPTARG=x
f
readonly OPTARG=y
OPTIND=1; getopts a o -a; echo $? "$OPTARG"
OPTIND=1; getopts a o -x; echo $? "${OPTARG-unset}"
