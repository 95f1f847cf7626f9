# shells: bash
set -x; set +x; set -b -E -T -H; echo $-; set -o ignoreeof -o nolog; echo $SHELLOPTS
set +k; set +o keyword; set +t; echo $?
x=abcdef n=-9; (echo ${x:0:$n}); (echo ${x:0:$((n + 1))})
