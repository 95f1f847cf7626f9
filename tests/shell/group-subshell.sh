x=1; { x=2; echo $x; }; echo $x; (x=3; echo $x); echo $x; (cd /; pwd); (exit 4); echo $?; { false; }; echo $?; (echo a; (echo b; (echo c))); ( ( echo d ) )
