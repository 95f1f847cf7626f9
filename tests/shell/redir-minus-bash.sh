# shells: bash
# A minus behind >& is a word of its own; a word behind 1>& is a file's name; what is no descriptor is cited as it is by then.
cat <&-a x; { echo e 3>&-y; } 2>& -
exec 3>&1; echo x 3>&-y
(exec 1>&fff z); echo $?; ls
x=abc; echo q 2>&$x; echo q 2>&"a"'b'; echo q 2>&''
