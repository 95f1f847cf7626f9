# grep counts nothing in what is not open for reading
echo a > f
grep -c a <&3 3> out; echo $?
