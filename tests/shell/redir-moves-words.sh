# shells: bash
# What a value moves comes back; a number that is not open is told of twice where its place is.
exec 3>&- 4>&- 5>&- 6>&-
n=1
echo a <&$n-; echo on
: >&3-; { echo x; } 3>&4-; exec 5>&4-; (echo) >&6-; echo $?
