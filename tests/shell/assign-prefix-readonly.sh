# shells: bash
# The command runs all the same.
readonly a=1; f() { echo f $a; }
a=2 echo hi; echo $?
a=2 f; echo $?
a=2 /bin/echo x; echo $?
