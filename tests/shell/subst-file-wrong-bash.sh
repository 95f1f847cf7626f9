# shells: bash
# late
echo x "`<`"; echo not reached
echo $?
x=` <a )`; echo not reached
echo $?
(echo `<'`; echo not reached) || echo $?
f() { echo `<a |`; echo not reached; }; f; echo not reached
echo $?
echo y `<a if` `>`; echo $?
set -e
(echo `<;`; echo not reached); echo not reached
