# shells: bash
# What an index holds that an expression or a builtin comes upon is expanded.
a=(1 2 3) i=1
x='a[$(echo 2)]'; echo $((x)); y='a[$i]+1'; echo $((y)); x='a["1"]'; echo $((x))
let "a[\$(echo 1)]=7"; read 'a[$(echo 5)]' <<<x; printf -v 'a[$i+5]' y; unset 'a[$(echo 0)]'
declare -p a
(x="a['1']"; echo $((x)); echo no)
