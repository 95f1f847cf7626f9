# shells: bash
# An item of an array is no assignment: only a tilde at its start, or behind [..]=, counts.
HOME=/hh
r=(a=~ ~ [5]=~ b:~)
echo "${r[@]}"
