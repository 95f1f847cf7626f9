x=; y=v
echo "${x+a}|${x:+b}|${y+c}|${y:+d}|${z+e}|${z:+f}"
echo ${y:+-g} ${y:+-l $y} "${y:+a b}"
