# shells: bash
# what stands before an index must be a name
a='3[x]' b='r[1]' r=(1 2)
set -- 1 2 3
echo ${!b}
(echo ${!a})
