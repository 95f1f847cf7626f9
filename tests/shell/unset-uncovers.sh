# shells: bash
# An unset of a caller's local, or of what was assigned before the call, uncovers the one outside.
v=0
g() { unset v; echo "[$v]"; v=n; }
f() { local v=1; g; echo "[$v]"; }
f; echo "[$v]"
v=0
h() { unset v; echo "[$v]"; }
v=1 h; v=1 eval 'unset v; echo "[$v]"'
k() { local v=1; unset v; echo "[$v]"; h; echo "[$v]"; }
k
m() { local v; h; echo "[$v]"; }
v=1 m
n() { local v=1; (h); (unset v; echo "[$v]"); echo "$(h)"; }
n
