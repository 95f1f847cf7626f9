# shells: bash
a=(one 'two three' four); echo "${a[@]}" ${#a[@]} "${a[1]}" ${#a[1]} $a ${a[-1]} "${!a[@]}"
for i in "${a[@]}"; do echo "<$i>"; done; for i in ${a[*]}; do echo "<$i>"; done
a[5]=six; a+=(seven eight); echo "${a[@]}" "${!a[@]}"; unset 'a[1]'; echo "${a[*]}" ${#a[@]}
b=("${a[@]:1:2}"); echo "${b[@]}"; echo "${a[@]/e/E}"; i=2; echo ${a[i]} ${a[i+3]} ${a[$i]}
