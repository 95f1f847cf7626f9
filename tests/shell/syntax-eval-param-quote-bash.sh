# shells: bash
# late: A text that ends between quotes within "${x-w}" lacks these.
for e in '"${x="' 'a"${x:-"' '"${x-a"b' '"${x-"a"' '"${x-${y="' '"$(echo "${x="' '"${x#"' "\"\${x='" '"${x=" b'; do
	eval "$e"
	echo $?
done
trap '"${0="' EXIT
