echo a=1; "b"=2 2>/dev/null; echo $?; 1x=3 2>/dev/null; echo $?; x'y'=4 2>/dev/null; echo $?; a-b=1 2>/dev/null; echo $?
