# shells: bash
(set -e; if nosuch || ${10=*}; then :; fi); echo $?
(set -e; if (exit 3) || ${1=4}; then :; fi); echo $?
(set -e; if (exit 3) || echo ${!u}; then :; fi); echo $?
