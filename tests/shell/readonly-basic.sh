readonly r=1; echo $r; (r=2; echo no); echo $?; (unset r); echo $?; readonly s; (s=1) 2>/dev/null; echo $?; readonly -p | grep ' [rs]'
