# shells: bash
a=([3]=x [1]=y z); echo "${!a[@]}" "${a[@]}"; a[1]+=more; echo ${a[1]}; ((a[7]=3*4)); echo ${a[7]}
declare -a c; c[2]=q; echo "${c[@]}" ${#c[@]}; c=text; echo "${c[@]}"
