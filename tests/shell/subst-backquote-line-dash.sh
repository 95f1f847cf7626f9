# shells: dash
x=`:
nosuch1`
for i in `nosuch2`; do :; done
nosuch3
