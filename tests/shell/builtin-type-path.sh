# shells: bash
# -p has no path for what is no file; a file on PATH that may not be run is told of.
type -p cd if; echo $?
f() { :; }
type -p f nosuch; echo $?
touch nonex
PATH=$PWD:$PATH
type -t nonex; command -v nonex >/dev/null; echo $?
nonex 2>/dev/null; echo $?
