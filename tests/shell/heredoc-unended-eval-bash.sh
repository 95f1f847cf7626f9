# shells: bash
# the end of a text that eval is given ends its here-document: bash warns
x='echo a
nosuch; cat <<E; nosuch
foo
$(nosuch)'
eval "$x"
x='cat <<E
b
'; (eval "$x")
y='cat <<E'; y=$(eval "$y"); echo "[$y]"
x='cat <<E <<F
a
E
b'; eval "$x"; nosuch
