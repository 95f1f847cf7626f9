exit 3 | true; echo $?; true | exit 5; echo $?; echo a | exit 6; echo "still $?"
