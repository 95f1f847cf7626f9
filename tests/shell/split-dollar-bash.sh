# shells: bash
# a word whose last dollar outside of quotes stands for itself is not split
set -- 'p q' r; b=a:b
printf '<%s>\n' ${IFS}$
printf '<%s>\n' ${IFS}$ a
printf '<%s>\n' ${IFS}a
printf '<%s>\n' ${IFS}$ "$@"
printf '<%s>\n' ${IFS}$x
printf '<%s>\n' ${IFS}$ {m-"$b"} "$@"
x='  a b'; printf '<%s>\n' ${x}$ {m
x='  a b'; printf '<%s>\n' ${x}$ m
x='  a b'; printf '<%s>\n' $x$ m
x='  a b'; printf '<%s>\n' $x$ 
x='  a b'; printf '<%s>\n' k$x$ 
x='  a b'; printf '<%s>\n' ${x}$.
x='  a b'; printf '<%s>\n' "$"${x}
for i in $x$; do echo $i; done
set -- 'p q' r; b=a:b x='  a b' r=('c d' e)
f() { printf '<%s>' "$@"; echo; }
f $@$
f $*$
f "$@"$
f $x"$@"$
f ${r[@]}$
f ${r[*]#c}$
f ${u-$@}$
f ${u-$x}$
f ${u-a b}$
f `echo a b`$
f $(echo a b)$
f $((1))$ $x$\$ $x$'a b'
f $x$"a b"
f $u$
f ~$x$
f {$x$,$x}
f "$x"$
f "a$"$x
f $x"$"
f $x\$
f {$x,$x}$
echo $x$*
IFS=; f $@$ ; f $*$; f ${r[*]}$
IFS=a; f $x$ $x; f $@$
f $@$"b c"
