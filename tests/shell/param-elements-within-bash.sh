# shells: bash
# ${x[@]#y} within ${z-..}: split by itself, parted by blanks, and with marks where x is no array
f() { printf '[%s]' "$@"; echo; }
a='x yb z'; r=('x yb' z); set -- 'x yb' z
for IFS in b 'b ' : '' ' '; do
f ${c-${a[@]%q}}
f ${c-${a[@]%z}}
f ${c-${a[@]#q}}
f ${c-${a[*]%q}}
f ${c-${a[@]/x/k}}
f ${c-${a[@]:1}}
f ${c-${a[@]^}}
f ${c-${a[@]}}
f ${c-${a[0]%q}}
f ${c-${a%q}}
f ${c-k${a[@]%q}l}
f k${c-${a[@]%q}}l
f k${c-${a[@]%q}}"l m"
f "${c-${a[@]%q}}"
f ${c-"${a[@]%q}"}
f ${a+${a[@]%q}}
f ${a[@]%q}
f ${u[@]%q}
f ${c-${u[@]%q}}
f ${c-${r[@]%q}}
f ${c-${@%q}}
f ${c-${1%q}}
x=${c-${a[@]%q}}; f "$x"
done
