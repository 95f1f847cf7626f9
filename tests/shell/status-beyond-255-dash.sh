# shells: dash
# exit and return of more than 255: only a process loses the rest
f() { return 300; }; f; echo $?
f || echo $?
! f; echo $?
(exit 300); echo $?
(f); echo $?
x=$(exit 256); echo $?
f() { return 256; }; f && echo yes; echo $?
if f; then echo yes; else echo no $?; fi
echo 'return 300' >r; . ./r; echo $?
eval 'f'; echo $?
g() { f; }; g; echo $?
f | cat; echo $?
(return 300); echo $?
(trap 'echo end $?' EXIT; exit 300)
(trap 'echo end $?' EXIT; { exit 300; })
(trap 'echo end $?' EXIT; case a in *) exit 300;; esac)
(for a in 1; do trap 'echo end $?' EXIT; exit 300; done)
(for a in 1 2; do trap 'echo end $?' EXIT; (exit 3) || exit 300; done)
(for a in 1 2; do trap 'echo end $?' EXIT; false || exit 300; done)
(while :; do trap 'echo end $?' EXIT; exit 300; done)
(f() { exit 300; }; trap 'echo end $?' EXIT; f)
trap 'echo end $?' EXIT; false || exit 300
