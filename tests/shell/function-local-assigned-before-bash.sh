# shells: bash
# a local variable takes over what was assigned before the call
a=out
f() { local a; echo "[$a]"; a=3; echo $a; }
a=x f
echo $a
f
g() { declare a; echo "[$a]"; local b=$a; echo $b; h; }
h() { local a b; echo "h[$a][$b]"; env | grep ^a=; }
a=x b=y g
k() { local -i a; echo "[$a]"; local -a a; echo "[${a[0]}]"; }
a=7 k
m() { a=9; local a; echo "[$a]"; }
a=5 m
q() { unset a; local a; echo "[$a]"; }
a=5 q
r() { local a; unset a; echo "[$a]"; }
a=5 r
s() { local a=1; local a; echo "[$a]"; }
a=5 s
t() { typeset a; export a; env | grep ^a=; }
a=5 t
u() { local a; env | grep ^a=; }
a=5 u
a=5 h
a=5 eval 'u'
export zz=0
x() { local zz; zz=1; env | grep ^zz; local q=3; env | grep -c ^q=; }
x
zz=4 x
y() { env | grep ^zz; echo "${zz-unset}"; }
x() { local zz; y; }
x
zz=7 x
zz=7 eval x
