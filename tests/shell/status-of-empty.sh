$(true); echo $?; $(false); echo $?; false; $x; echo $?; ""x 2>/dev/null; echo $?; false; x=1; echo $?; false; > f; echo $?
