# shells: bash
# Which blanks may stand around a number, and how large it may be.
for n in '3
' '
3' ' 3 ' '3	' '3 x' 9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809; do
	[ "$n" -ne 0 ]; echo $?
done
[ '3
' -ne -a ]
