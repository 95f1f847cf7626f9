# shells: bash
c=$(false)$( ); echo $?
c=$(false)``; echo $?
false; c=$( ); echo $?
c=$(false)$(:); echo $?
x=$(if true; then printf '%s' $'\cA\x7f'; fi); echo "$x"
