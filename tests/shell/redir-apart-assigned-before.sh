# shells: bash
# The same with assignments before the command, which its redirections do not see.
m=1
x=1 cat <<E
$((m=9)) $x
E
echo $m $x
x=2 env <<< $((m=4)) | grep ^x
x=2 B=3 env > out$((m=5)); grep -v PWD out5; echo $m $x
readonly r=1
r=2 x=4 env > out$((m=6)); grep '^[rx]' out6
export x=7
x=8 env >out${x:=$((m=3))}; grep ^x out*; echo $m $x
f() { local x=5; x=9 env > o$((m=2)); grep ^x= o*; echo $x; }; f
IFS=: read a b <<< x$((m=7)):y; echo $a $b $m
