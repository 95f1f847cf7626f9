# shells: bash
# 3>&3 is nothing to do; what is moved for a builtin does not come back.
exec 3>&- 4>&- 5>&-
: 3>&3-; echo $?
: 3>&3; echo $?
exec 4>o; echo x >&4
: 5>&4-; echo y >&4
cat o
echo one 1>&f; cat f
echo two 2>&g
fd=77
echo a >&$fd; echo a >&77; : <&"$fd"; : 3>&$fd; : >&$((fd + 1))
