# shells: bash
# The pattern of ${x#y} does not count where there is nothing that it could take away.
x= n=0
: ${x#$((n++))} "${x%%$((n++))}" ${1##$((n++))}; echo $n
: ${x/$((n++))/} ${x^$((n++))}; echo $n
set --
: ${*#$((n++))} "${@%$((n++))}"; echo $n
r=()
: ${r[*]#$((n++))} "${r[@]%$((n++))}"; echo $n
r=('' '') x=x
: ${r[*]#$((n++))} "${r[@]%$((n++))}" ${x#$((n++))}; echo $n
