# shells: bash
# a subshell shows its shell's traps until it has one itself; command -V wants one name that is found
trap 'echo t' TERM; trap -p TERM | cat; (trap); echo "$(trap)"; x=$(trap -p); echo "$x"; (trap 'echo u' INT; trap); { trap; } | cat; ( ( trap ) ); (trap - TERM; trap); f() { trap; }; f | cat
trap 'echo e' EXIT; (trap); trap | cat; x=$(trap); echo "$x"; (trap - EXIT; trap; echo none)
trap '' TERM; (trap)
command -V echo nosuch; echo $?
command -v nosuch echo; echo $?
command -v nosuch nosuch2; echo $?
type echo nosuch; echo $?
type -t nosuch echo; echo $?
