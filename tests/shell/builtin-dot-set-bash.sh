# shells: bash
# what a file sets $1.. to stays behind `. file word`, unless a function runs or `.` was there again
set -- old
echo 'set -- new and more' >sets
echo 'f() { set -- inner; }; f; shift' >in-function
echo 'set -- new; . ./empty' >again
: >empty
. ./in-function word; echo "$*"
. ./again word; echo "$*"
. ./again; echo "$*"
f() { . ./sets word; echo "$*"; }
f within; echo "$*"
. ./sets word; echo "$*"
echo 'eval "set --"' >sets
. ./sets word; echo $#
