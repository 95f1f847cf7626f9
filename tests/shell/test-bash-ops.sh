# shells: bash
[ a == a ]; echo $?; [ a \< b ]; echo $?; [ b \> a ]; echo $?; x=1; [ -v x ]; echo $?; [ -v nope ]; echo $?
[ -R x ]; echo $?; test -R "" -o x; echo $?
