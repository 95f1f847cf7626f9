# shells: dash
# eval runs each line before the next one is read; what is wrong is told with the line that was read by then.
(eval 'echo a
echo b; echo c
for
echo d'; echo no)
(eval '('); (eval 'a()'); (eval 'if true; fi'); (eval 'x "a
b'); (eval 'case x in a) b'); (eval '`a'); (eval 'echo
>
y'); (eval 'for 1 in'); (eval 'case ; in'); (eval '`(`'); (eval '1(){ }'); (eval "a 'x

"); (eval 'export() { :; }'); (eval '( a ) if')
eval 'cat <<E
x
y'; echo $(cat <<E); echo `cat <<E`
eval 'cat <<E'
eval 'return 3
)'
trap ')' EXIT
