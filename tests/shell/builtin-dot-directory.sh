mkdir d; . ./d; echo $?
