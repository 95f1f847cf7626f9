# shells: dash
# What a word of dash's test means depends on the words behind it, not only on their number.
[ ')' = "" ]; echo $?
[ ! \( '' != -n \) ]; echo $?
[ a '' b c ]; echo $?
test '' == b; echo $?
[ 5 -le = ]; echo $?
[ \( -le 5 -a x ]; echo $?
[ ! ! a = a ]; echo $?
[ -n = -a -z -o ! ]; echo $?
[ ! ]; [ -t x ]; echo $?
[ a = a ]x; echo $?
