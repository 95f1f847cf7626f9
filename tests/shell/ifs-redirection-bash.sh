# shells: bash
# an IFS before a command is none for its redirections, but behind a $(<file) in them
: > none
f() { cat; }
set -- p q
IFS=: f <<< "$*"
IFS=: f <<< "$(< none)$*"
IFS=: f <<< "$*$(< none)$*"
IFS=: f <<< "$(echo a)$*"
