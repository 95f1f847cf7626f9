# shells: bash
# ladder: a wrong text within a $(( that is no arithmetic
n=3
x=$(( a b) c); echo k
x=$(((~ (m%=9))|(m=$n) * $n , +${#n})fi); echo $?
