# shells: bash
# A bare exit in the trap of EXIT gives the status that was there before it, but within ( ).
(trap 'echo hi; exit' EXIT; exit 9); echo $?
(trap 'exit 3' EXIT; exit 9); echo $?
(trap '(exit); echo $?; f() { exit; }; f' EXIT; (exit 7)); echo $?
x=$(trap 'false; exit' EXIT; exit 4); echo $?
