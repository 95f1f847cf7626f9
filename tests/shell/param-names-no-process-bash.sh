# shells: bash
b=!
(set -u; echo ${!b}; echo not reached) 2>&1 | sed 's/.*line [0-9]*: //'
(set -eu; echo "${!b:1}"; echo not reached) 2>&1 | sed 's/.*line [0-9]*: //'
for x in $'(0) \x012' $'(0) a"\x7f2"'; do (eval "$x") 2>&1 | sed 's/.*line [0-9]*: //'; done
(cat < none/x) 2>/dev/null; cat 2>/dev/null < none/x; type cat | sed 's/(.*//'
