a=1; echo ${b:-${c:-${a}x}} "${b:-"${c:-"q"}"}" ${b:-$(echo sub)} ${b:-`echo back`} ${b:-$((1+2))}
