# shells: bash
# what stands before an index of -v must be a name
a='x y'
[[ -v a-n[a] ]]; echo $?
[[ -v a[1] ]]; echo $?
test -v 'b.c[a]'; echo $?
