nosuchcommand; echo $?; ./nosuch; echo $?; /nonexistent/x; echo $?; mkdir dd; ./dd; echo $?; touch noexec; ./noexec; echo $?; ""; echo $?; nosuch | cat; echo $?; x=$(nosuch2); echo "$? <$x>"
