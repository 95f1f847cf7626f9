# shells: bash
# two variables that name each other: which one is blamed
a=b b=a
echo $((a))
a=b b="a + 1"
echo $((a))
c="x y" x=c; echo $((x)); echo $((c))
