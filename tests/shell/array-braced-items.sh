# shells: bash
# Braces make words of [i]=x.
a=([k2]=-{a,b}- c); declare -p a
a=([1]=x{1..3} [2]={q}); declare -p a
a+=([9]=m{,n} [8]=o); declare -p a
