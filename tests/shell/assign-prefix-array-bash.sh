# shells: bash
# what stands before a command is a text, whatever the variable is
a=(x y); a=1 env | grep ^a=; echo "${a[@]}"; a+=1 env | grep ^a=; echo "${a[@]}"
declare -i a=5; a=1+1 env | grep ^a=; echo $a; a+=1 env | grep ^a=; a="x y" true; echo $a
f() { echo "$a ${#a[@]}"; a[1]=z; echo "${a[@]}"; }; a=(x y); a=1 f; echo "${a[@]}"
f() { local a=3; echo $a; }; a=(x y); a=1 f; echo "${a[@]}"
declare -i n=3; n=4 eval 'n=n+1; echo $n'; echo $n
IFS=: read -ra r <<< a:b:c; echo "${r[@]}"; IFS=(a b); IFS=, read x y <<< 1,2; echo $x $y "${IFS[@]}"
