# shells: bash
# the array of read -a must be a name that may be changed; the input is read all the same
{ read -a '1x'; echo "$?"; read -ra 'r[1]'; echo "$?"; read -r x; echo "$x"; } <<E_1
a
b
c
E_1
readonly z; read -a z <<< 'a b'; echo "$?"
