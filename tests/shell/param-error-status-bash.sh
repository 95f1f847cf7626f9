# shells: bash
# Under set -e the last substitution in the message of ${x?..} gives the status, unless it is 0.
(set -e; : ${x?$(exit 3)}); echo $?
(set -e; : "${x:?$(exit 3)b$(exit 4)}"); echo $?
(set -e; : ${x?$(exit 3)$(exit 0)}); echo $?
(set -e; : $(exit 5)${x?b}); echo $?
(: ${x?$(exit 3)}); echo $?
