# shells: bash dash
# ladder
n=2000; ulimit -n $n; ulimit -n; ulimit -Sn 1500; ulimit -n; ulimit -H -n; command ulimit -S -n; ulimit -n 64; ulimit -n
echo a >f; ulimit -n 2; echo $?; cat f; echo $?
