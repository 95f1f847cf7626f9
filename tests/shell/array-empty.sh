# shells: bash
a=(); echo "${#a[@]}" "<${a[@]}>"; for i in "${a[@]}"; do echo no; done
a+=(x); echo ${a[0]}; IFS=,; b=(1 2 3); echo "${b[*]}"
