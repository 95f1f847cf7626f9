# shells: bash
# ladder
# all that the shell has from the start
declare -a; declare -p -i | grep -v PID; declare -p | grep -c "^declare -[^ ]* [A-Z]"; readonly -a
