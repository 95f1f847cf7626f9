# shells: bash
eval 'a('; echo $?
eval "a b
(c 'd"; echo $?
