# shells: bash dash
# ladder
f() { while :; do echo x; done; }
g() { if f; then echo never; fi; }
f | head -n 1
g | head -n 2
{ echo begin; f; } | head -n 2
( until false; do for i in 1 2; do echo "$i"; break; done; done ) | head -n 3
h() { while :; do echo once; break; done; }
h | head -n 3
yes | cat | head -n 1
yes | { sed 2q; }
yes | while read -r x; do echo "$x"; break; done
