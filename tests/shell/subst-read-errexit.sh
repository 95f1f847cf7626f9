# shells: bash
# A file that $(< ) cannot read ends the shell under set -e, tested or not.
(set -e; if echo "`< nosuch`"; then echo a; fi; echo b); echo $?
(set -e; x=$(< nosuch) || echo no; echo b); echo $?
(set -e; (exit 3) || echo "$(< nosuch)"; echo b); echo $?
(set -e; echo $(echo "$(< nosuch)" || :; echo c) || :; echo b); echo $?
(echo "$(< nosuch)" || :; echo b); echo $?
