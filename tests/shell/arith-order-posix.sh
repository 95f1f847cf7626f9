# shells: dash
# Which of two errors is said; unset variables are 0, also under set -u.
set -u
echo $((unset + 1)) $((unset += 2)) $unset
for e in "1/0 + 08" "08" "1 = 2" "n n" "1 ? 2" "1 +" "+ * 1" "n = 1/0" "0 && 1/0" "1 || n = 3" "1 ? 2 : n = 3" "++n" "n++" "1 , 2" "2 ** 3" "@" "x y" "- - 3" "1 << 65"; do
	(eval "echo \$(($e))")
done
n="1 "; echo $((n))
(n="1 2"; echo $((n)))
(n=1+1; echo $((n)))
(n=99999999999999999999; echo $((n)))
