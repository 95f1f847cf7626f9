# shells: bash
# what [[ ]] says of quotes in numbers, and PIPESTATUS behind what ends a subshell
c='?"~' e='"1"' s='a "b'
[[ $c -eq 1 ]]; [[ "$c" -eq 1 ]]; [[ x$c -eq 1 ]]; [[ "x$c" -eq 1 ]]; [[ '?"' -eq 1 ]]; [[ ?\" -eq 1 ]]; [[ ${c}'"' -eq 1 ]]
[[ $(echo "$c") -eq 1 ]]; [[ "$(echo "$c")" -eq 1 ]]; [[ ${c#x} -eq 1 ]]; [[ "${c#x}" -eq 1 ]]; [[ ${x-$c} -eq 1 ]];[[ ${x-?\"} -eq 1 ]]; [[ ${x-'?"'} -eq 1 ]]; [[ "${x-$c}" -eq 1 ]]
[[ $s -eq 1 ]]; [[ "$s" -eq 1 ]]
