# shells: bash
# An array before a command is a text, with one blank between what would be its items.
x='1 2' n=3
t() { echo "<$r> ${#r[@]}"; }
r=(a   "b c" $x [2]=$((n + 1)) ~ *) t
r=(k)
r+=(a
b) t
r=() t
echo "${r[@]}"
r=(a b) 3> out
echo "${r[@]}"
