# shells: bash
# a stage whose words cannot be expanded runs the shell's own trap, which stays
trap 'echo T' EXIT
printf ${!a} | cat
