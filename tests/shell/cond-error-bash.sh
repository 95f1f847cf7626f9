# shells: bash
[[ ! */ -eq "{a,b}"+ ]] && echo yes
[[ x -eq 1+ || a ]] && echo yes
[[ -n -eq ]] && echo unary
