# shells: bash
# Variables that bash makes itself have their values once they are exported.
export UID OSTYPE; readonly EUID
declare -p UID EUID OSTYPE
env | grep -c -e ^UID= -e ^OSTYPE=
readonly RANDOM; [ -n "$RANDOM" ] && echo set
f() { local UID; echo no; }
f
