# shells: bash
# What a descriptor that is moved leaves closed, and how a redirection that is ambiguous is told: expanded, but for what would run.
x=7
exec 7>q
echo a 6>&$x- >&6; echo $?
echo a >&7; echo $?
exec 7>q
echo a 6>&$x- ; echo $?
echo a >&7; echo $?
exec 7>q
{ echo a; } 6>&$x- ; echo $?
echo a >&7; echo $?
exec 7>q
echo a 3>&$x- 4>&3 ; echo $?
echo a >&7; echo $?
exec 7>q 6>q
echo a 6>&$x- ; echo $?
echo a >&7; echo $?
echo a >&6; echo $?
exec 7>q 6>q 8>&7
echo a 8>&7- ; echo $?
echo a >&7; echo $?
x=7 s='p q'
: <&$(:)z$x
: <&$x$(echo  a b)
: 6>&$x$(:)q-
: <&$(echo '7 b')
: <&"$x$(echo '7 b')"
: <&$x`echo z`
: <&$x`echo z y`
: <&"`echo z y`"
: <&$s
: <&"$s"
: <&"$s$(:)"
: <&$(:)
: <&"$(:)"
: <&f$x*
: <&$((x+1))z
: <&${x#7}z
: <&${u:-$(echo z)}
: <&${u:-z}
: <&"${u:-$(echo z)}"
HOME=h; : <&~
: <&z-
: <&"z"-
: <&$x-$x
: <&'z'"y"
: 5<&$(echo z)
: 5>&$(echo z)
: 5>&z
: 5>&z-
