# shells: bash
# late: what goes wrong in the redirection of a subshell is not turned around within it
( ! c=1 ) <<< $((a a)); echo $?
! ( ! c=1 ) <<< $((a a)); echo $?
( ! c=1 ) < none; echo $?
! ( ! c=1 ) < none; echo $?
! { :; } < $((1 1)); echo $?
