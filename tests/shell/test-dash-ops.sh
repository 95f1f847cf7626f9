# shells: dash
[ a == a ]; echo $?; [ a \< b ]; echo $?
