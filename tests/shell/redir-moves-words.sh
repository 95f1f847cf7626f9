# shells: bash
n=1
echo a <&$n-; echo on
: >&3-; { echo x; } 3>&4-; exec 5>&4-; (echo) >&6-; echo $?
