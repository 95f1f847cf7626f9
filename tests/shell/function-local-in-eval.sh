# shells: bash
# A variable that eval makes local stays when what was assigned before it goes.
f() { IFS= eval 'local v="$*"'; echo "[$v]"; }
v=x; f a b; echo "$v"
g() { v=3 eval 'local v=1; echo $v; w=5; local w=6'; echo "$v $w"; }
w=; g; echo "$v [$w]"
