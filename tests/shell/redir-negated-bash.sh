# shells: bash
! ( echo a ) < none; echo $?
! case x in x) echo a ;; esac < none; echo $?
! { echo a; } < none && echo yes
! echo a < none; echo $?
! { ( echo a ) < none; }; echo $?
! { echo a < none; }; echo $?
! { (exit 2) 2>&1; }; echo $?
