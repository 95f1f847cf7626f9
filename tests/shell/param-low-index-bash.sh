# shells: bash
# an index before the first element, in ${x[n]:=y} and ${#x[n]}
r=(a b) a='x y' n=-6
echo "${r[n]:=v}" on
echo $?
(set -e; r=(x ${#a[n]}); echo no)
echo $?
echo ${#a[n]} ; echo $?
