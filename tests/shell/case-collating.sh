# shells: bash
for p in '[[.a.]]' '[[=a=]]' '[[.0.]-[.2.]]' '[[=a=]-]' '[[.-.]]' '[[.].]]' '[![.a.]]' '[[.x.]-z]'; do
	for s in a b - ']' 1 y; do case $s in $p) printf '%s ' "$s";; esac; done; echo "$p"
done
