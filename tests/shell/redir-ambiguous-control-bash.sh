# shells: bash
# The bytes that bash marks its own with are cited with a mark.
echo > $'\x01'{a,b}
echo > $'\x7f'{a,b}
eval $'echo > 1\x01{,,}'
x=$'a\x01 b'; echo > $x
echo > "p q"{a,b}
echo > 'a\b'{a,b}$'q\'r'
