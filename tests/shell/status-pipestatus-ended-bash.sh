# shells: bash
# what [[ ]] says of quotes in numbers, and PIPESTATUS behind what ends a subshell
c='?\"~' d='\\"1"' e='"1"' f='1\\"'
[[ $c -eq 1 ]]; [[ $d -eq 1 ]]; [[ $e -eq 1 ]] && echo one; [[ $f -eq 1 ]]; [[ '\"' -eq 1 ]]; [[ \"1\" -eq 1 ]] && echo two
set -u
(trap 'echo ${PIPESTATUS[@]}' EXIT; true | true; echo $nosuch)
(trap 'echo ${PIPESTATUS[@]}' EXIT; true | false; echo ${nosuch?x})
(set -e; trap 'echo ${PIPESTATUS[@]}' EXIT; false || true; echo ${nosuch?x})
(set -e; trap 'echo ${PIPESTATUS[@]}' EXIT; (exit 3) || true; echo $((1%0)))
(trap 'echo ${PIPESTATUS[@]}' EXIT; (exit 3); echo $((1%0)))
(trap 'echo ${PIPESTATUS[@]}' EXIT; (exit 3); exit 4)
