# shells: bash
# where nothing is left the length does not count
a=: r=(a b)
echo "[${a:5:1/0}]" "[${a: -5:1/0}]" "[${r[@]:5:1/0}]" "[${@:9:1/0}]"
echo "[${a:1:1/0}]"
