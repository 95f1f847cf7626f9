# shells: bash
# Nothing is escaped within brackets.
[[ \\ =~ ["."] ]]; echo $?
[[ . =~ ["."] ]]; echo $?
[[ \\ =~ [[.\\.]] ]]; echo $?
[[ x] =~ [^"]]]" ]]; echo $?
[[ a+ =~ [a"[:alnum:]]+" ]]; echo $?
[[ 'a*c' =~ a'*'c ]]; echo $?
