# grep counts nothing in what is not open for reading
echo a > f
exec 3> out
grep -c a <&3; echo $?
