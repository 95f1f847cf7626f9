# shells: bash
# ladder: all elements after an operation, within ${x-..}
a=('x y' 'b  c') IFS=b
printf '[%s]' ${c:-${a[@]%y}}d
