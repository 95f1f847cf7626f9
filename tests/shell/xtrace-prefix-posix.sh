# shells: dash
# Assignments before a command are expanded once, whether they are traced or not.
set -x
n=0
b=$((n += 1)) : $n
b=${u:=1} env -i true
unset u
e="${u:=2}" : 2>&1
f=3 2>/dev/null
'' x
echo $n $u
