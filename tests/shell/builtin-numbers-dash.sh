# shells: dash
# A number may have blanks around it and a sign.
(exit ' 7 '); echo $?
(exit +3); echo $?
(exit -0); echo $?
(exit -1); echo $?
(exit 2147483648); echo $?
f() { return '+4 '; }; f; echo $?
set -- a b c; shift ' +2'; echo $#
for i in 1 2; do break ' 1'; done; echo "$i"
