# shells: bash
[[ abc123 =~ ^([a-z]+)([0-9]+)$ ]]; echo $? "${BASH_REMATCH[0]}" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"; [[ abc =~ x ]]; echo $?; r='^a.c$'; [[ abc =~ $r ]]; echo $?; [[ 'a.c' =~ "a.c" ]]; echo $?; [[ abc =~ "a.c" ]]; echo $?; [[ "a b" =~ a\ b ]]; echo $?
