# shells: bash
# what stands before a command is a text, whatever the variable is
a=(x y); a=1 env | grep ^a=; echo "${a[@]}"; a+=1 env | grep ^a=; echo "${a[@]}"
f() { echo "$a ${#a[@]}"; a[1]=z; echo "${a[@]}"; }; a=1 f; echo "${a[@]}"
declare -i n=3; n=4 eval 'n=n+1; echo $n'; echo $n; n="x y" true
