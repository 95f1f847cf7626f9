# shells: bash
# late: Which of two errors is said, and the token to blame.
echo $((1 + 3#9 + 08))
echo $((1 ? 2))
echo $((n n = 1/0))
n=3; echo $(( 1/0 + 08 ))
echo $((n++ = 3))
echo $((--n = 3))
let "7 = n"
let "1 @ 2"
echo $((@))
a=(1 2); echo $((a[1+]))
echo $((2 ** -1))
echo $((n ? 1 :))
echo $((16#))
echo $((0x))
echo $((1 ? 2 : 3 = 4))
echo $((n /= 0))
echo $((0 && n /= 0)) $((n))
