# shells: bash
# $[..] is read as $((..)) is: double quotes count for nothing, ' and \ are an error, and what has
# no end is told of.
x=(3 4)
echo $["1"+2] "$[x[1]]" $[$["1"]] $[ ${x:-"1"} ] $(($[1]))
for t in "\$['1']" '$[1\+2]' '$[ \] ]' '$[1' '$[ [ ]' "\"\$['1']\""
do (eval "echo $t"); echo $?
done
