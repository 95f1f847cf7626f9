# shells: bash
# An index that comes to nothing is 0; one that is not there is none.
a[$u]=5; declare -p a; a["$u"]+=6; declare -p a
(a[]=x; echo no)
a=([$u]=3); echo "${a[$u]}"; unset 'b[@]'; echo $?
