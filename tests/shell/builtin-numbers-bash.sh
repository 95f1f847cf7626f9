# shells: bash
# Numbers of exit, return, shift, break: blanks around, a sign; masks beyond 0777.
(exit ' 7 '); echo $?; (exit +3); echo $?; (exit -1); echo $?; (exit ''); echo $?; (exit 0x10); echo $?; (exit 99999999999999999999); echo $?
f() { return '+4 '; }; f; echo $?; f() { return 257; }; f; echo $?
set -- a b c; shift ' 2'; echo $#; shift -1; echo $?
for i in 1 2; do break ' 1'; done; echo $i; for i in 1 2; do break -1; echo no; done; echo $? $i
umask 1777; echo $?; umask; umask 10000; echo $?
