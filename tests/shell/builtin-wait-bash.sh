# shells: bash
# what is no number is no process
wait a; echo $?
wait 1x; echo $?
wait 99999; echo $?
wait %1; echo $?
wait b 99999; echo $?
