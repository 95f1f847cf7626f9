# shells: bash
# "!" turns around what a compound command's failed redirection gives only where it is all of ( ).
! { :; } 1>&3; echo $?
( ! { :; } 1>&3 ); echo $?
( ! for i in 1; do :; done 1>&3 ); echo $?
( ! ((1)) 1>&3 ) 2>/dev/null; echo $?
( :; ! { :; } 1>&3 ); echo $?
( { ! { :; } 1>&3; } ); echo $?
f() { ! ( : ) 1>&3; }; (f); echo $?
if ( ! [[ x ]] 1>&3 ); then echo yes; fi
! { { :; } <none; } 2>out; echo $?
! case x in x) ((0)) <none ;; esac 2>out && echo yes
! { { :; } <none; }; echo $?
! { ( : ) <none; } 2>out; echo $?
