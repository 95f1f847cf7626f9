# shells: dash
# White space of IFS swallows what follows it within one expansion, not in the next.
show() { printf '<%s>' "$@"; echo; }
a=' x : y ' b=:z: c='::'
set 'p q' r ''
IFS=' :'
show $a$b $b$a $c$a $u$b $a"$u"$b ${u-a : b} ${u:-$a$b}x $c
show $@$b "$@"$b $b"$@" $*$* "$@""$@" ${@#p}$b
show $(echo ' a: ')$((1))$b ${b}$((1 ? ${#a} : 2))$a
IFS=1; show $((210))$((112)) "$((11))"
