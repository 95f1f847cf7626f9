# shells: dash
# The loop counts from behind its words on.
for i in $(break; echo a) b; do echo "$i"; done
for i in 1 2; do for j in $(break 2; echo q) $(continue; echo r); do echo "$i$j"; done; done
for i in "$(until false; do break 2; done; echo on)"; do echo "$i"; done
