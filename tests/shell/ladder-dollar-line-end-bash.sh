# shells: bash
# ladder: a dollar whose name stands on the next line
x=1
echo "$\
x" $\
{x}
