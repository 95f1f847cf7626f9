# shells: bash
# Messages name the file that the function is from; $0 stays.
echo 'f() { echo "${0##*/}"; nosuch; }; echo "${0##*/}"; nosuch; h' >lib
h() { (nosuch) 2>&1 | grep -c lib; }
. ./lib
f
