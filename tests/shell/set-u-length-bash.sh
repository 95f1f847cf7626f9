# shells: bash
# this message ends the shell under set -e, tested or not
(set -eu; echo ${#a[5]} || :; echo no); echo $?
(set -u; if echo ${#a[@]}; then :; fi; echo no); echo $?
declare -a b; (set -u; echo ${#b[@]}; echo no); echo $?
(set -e; trap '"${3?}"' EXIT; true); echo $?
(set -e; trap '"${3?}"' EXIT; exit 3); echo $?
$BASH -uc '( : ) < $a; echo $?; { :; } <<< $a; echo no'; echo $?
