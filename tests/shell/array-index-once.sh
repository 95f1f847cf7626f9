# shells: bash
# An index is worked out once.
i=5 a=(1 2 3 4 5 6)
a[--i]=x; echo $i "${a[@]}"
a[i++]+=y; echo $i "${a[@]}"
b[i++]=1; b[i++]=2; echo $i "${!b[@]}"
read 'b[i++]' <<<q; printf -v 'b[i++]' z; declare 'b[i++]=3'; echo $i "${!b[@]}"
