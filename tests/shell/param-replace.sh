# shells: bash
x=/a/b/a/b; echo ${x/a/X} ${x//a/X} ${x//\//-} ${x/#\/a/S} ${x/%b/E} ${x//[ab]} ${x/} ${x//a*b/z} "${x//a/p q}"
y='a.b.c'; echo ${y//./_} "${y//./$'\n'}"
# a value says where to look, too
x='#ab%' p='#a' e=%; echo "${x/$p/X}" "${x/$e/X}" "${x/"$e"/X}" "${x/$e*/X}" "${x//$e/X}" "${x/${e}b%/X}"
