# shells: bash
# late: Any word may stand where a function's name does; that it is none is said when it is run.
eval 'a\*( b'
eval '"a"( b'
eval '$a( b'
eval 'a=b( b'
eval 'a a( b'
a\*() { echo; } || echo $?
"a b"() { echo; }
x\
y() { echo k; }; xy
