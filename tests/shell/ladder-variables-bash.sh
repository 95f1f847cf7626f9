# shells: bash
# ladder
# variables that only the real shell has
(echo $BASH_SUBSHELL $BASH_COMMAND); echo ${BASH_ARGV0##*/} $OPTERR; f() { echo "$BASH_COMMAND"; }; f; [ "$SRANDOM" ] && [ "$EPOCHREALTIME" ]; echo $?
