# shells: bash
# an error in one question of [[ ]] is not the status that the next one sees
true; [[ a -eq '1 2' || -n $(echo $? >&2) ]]; echo $?
a=' a  b '; [[ a -eq 1 ]]
