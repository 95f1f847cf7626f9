# shells: bash
# characters of IFS in the text of a word that expands something are quoted
: > a; : > b-c
IFS=:; echo [[:alpha:]]* $u[[:alpha:]]* ${u}[a-b]* "$u"[[:alpha:]]
IFS=-; echo $u[a-b]* $u*-c
unset IFS; printf '%q ' a:~ a=~b ~ x~ :~ "#" a#; echo
(exit 5) || shift 1 2
echo $?
