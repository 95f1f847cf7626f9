# shells: bash
# an IFS before a command is none for its redirections, but behind a $(<file) in them
: > none; echo 1:2 > de
f() { cat; }
set -- p q
IFS=: f <<< "$*"
IFS=: f <<< "$(< none)$*"
IFS=: f <<< "$*$(< none)$*"
IFS=: f <<< "$(echo a)$*"
IFS=: f <<< $(for x in $(< de)-; do echo "<$x>"; done)
IFS=: f <<< $(: $(< none); echo $*)$(< none)$*
