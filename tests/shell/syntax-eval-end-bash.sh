# shells: bash
# late
eval 'a('; echo $?
eval "a b
(c 'd"; echo $?
