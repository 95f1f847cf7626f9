[ a b ]; echo $?; [ a b c ]; echo $?; [ 1 -eq x ]; echo $?; [ x -lt 1 ]; echo $?; [ ; echo $?; test; echo $?; [ 1 -eq ]; echo $?; [ a = b c ]; echo $?; [ '' -eq 0 ]; echo $?
