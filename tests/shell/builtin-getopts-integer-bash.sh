# shells: bash
# OPTIND is a number, a function's own is not
OPTIND=3
declare -p OPTIND
OPTIND+=2
echo $OPTIND
f() {
	local OPTIND=1
	declare -p OPTIND
}
f
