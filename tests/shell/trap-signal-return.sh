# A return in a signal's trap leaves the function that the signal came in; a subshell ends before its shell's trap runs.
trap "return 3" USR1
f() { kill -USR1 $$; echo after; return 5; }; f; echo $?
f() { g; echo in f $?; }; g() { kill -USR1 $$; echo no; }; f; echo $?
f() { for i in 1 2; do kill -USR1 $$; echo no; done; echo no too; }; f; echo $?
f() { (kill -USR1 $$; echo sub); echo no; }; f; echo $?
f() { if kill -USR1 $$; then echo no; fi; echo no too; }; f; echo $?
f() { /bin/sh -c 'kill -USR1 $PPID'; echo no; }; f; echo $?
printf 'kill -USR1 $$\necho no\n' >r; . ./r; echo $?
trap return USR1
f() { false; kill -USR1 $$; echo no; return 5; }; f; echo $?
trap 'f' USR1
f() { echo in f; return 3; }; g() { kill -USR1 $$; echo after $?; return 5; }; g; echo $?
trap 'echo trap $?' USR1
(kill -USR1 $$; echo sub; exit 4); echo on $?
(kill -USR1 $$; echo sub) | cat; echo on $?
x=$(kill -USR1 $$; echo sub); echo "$x" on $?
trap 'echo trap; exit 6' USR1
x=$(kill -USR1 $$; echo sub); echo "$x" on $?
