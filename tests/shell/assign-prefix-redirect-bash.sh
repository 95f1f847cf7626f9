# shells: bash
a=1
a=5 cat <<< $a
a=5 read x <<< $a; echo $x
f() { cat; echo $a; }
a=5 f <<< $a
