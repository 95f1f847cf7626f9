# shells: dash
# set -C opens what is there already as it is; dash then says "open".
mkdir d
set -C
: > d
: >> d
: > none/x
: > /dev/null; echo $?
