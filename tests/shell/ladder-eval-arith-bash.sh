# shells: bash
# ladder: behind an eval that leaves a quote open (( is no arithmetic
n=3
eval "'a"
((n &= 2)) 2>/dev/null && echo yes
eval ""\\
((<<2))<<E
E
