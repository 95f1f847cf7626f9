# shells: bash
a=x e='' r=(1 '' 3)
for i in a[0] a[1] 'a[@]' u[0] 'u[@]' e[0] r[1] r[3] r[-1] r[-4] 'r[@]' 'r[n+1]'; do
	[[ -v $i ]]; echo "$i $?"
	[ -v $i ]; echo $?
done
