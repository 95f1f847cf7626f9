# shells: bash
# late: what is assigned before a command sees the array that it hides
r=(one 'two three')
r="${r[1]}" eval 'declare -p r'
r=("${r[1]}" b "${r[@]}") eval 'declare -p r'
r+="${r[1]}" eval 'declare -p r'
r=("$((r[1]))" $((1+))) true
echo on
