# shells: bash
# A word of [[ ]] may end in the next line.
[[ !\
 a == b ]]; echo $?
[[ a ==\
 a ]]\
 && echo yes
[[ a -eq\
\
 0 && ! x ]]; echo $?
[[ a =~\
 a ]]; echo $?
[[ a <\
 b ]]; echo $?
