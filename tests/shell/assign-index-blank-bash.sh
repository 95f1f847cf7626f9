# shells: bash
# A name that begins a command is read with its index, also where that has blanks or no end.
while read -r x
do eval "$x"; echo $?
done <<'E'
a[x y]z b
a[1 + 1]=3; echo ${!a[@]}
x=1 a[1;2]+ b
a[$x y]b[1 2
a[x
a[x y
declare a[1 2
echo a[1 2
f() { a["1 2"]; }; f
a[1 2] () { echo f; }
E
