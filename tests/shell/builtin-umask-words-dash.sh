# shells: dash
for m in g=u +s a=rX o=g ug=r,o+w u=g= u=r+w-r u,g= , - u+ -S g= +X 1777 01 =; do
	umask 027; umask "$m"; echo "$m $? $(umask) $(umask -S)"
done
umask -S 022; umask; umask -SS
umask ''; umask; umask u=z; echo $?; umask 08; echo $?
