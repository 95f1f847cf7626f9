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
# of any other variable the same, but for a function
x=1
x=2 cat <<< "$x$(< none)$x$(echo $x)" 3<<< "$x"
x=2 f <<< "$x$(< none)$x"
echo $x
