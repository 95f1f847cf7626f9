# shells: bash
# What bash leaves in an array's elements with no IFS it does not in a text.
a='x y' q=('x y') IFS=
printf '[%s]\n' ${a[@]##[^x]} | od -c
printf '[%s]\n' ${q[@]##[^x]} | od -c
