# shells: bash
# ladder: a dollar whose name stands on the next line
x=1
echo "$\
x" $\
{x}

m=1 mx=2; echo "$m\
x y" $m\
_
