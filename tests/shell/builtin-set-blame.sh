# shells: bash
# Who is named when the value for a variable of integers is none.
declare -i n=1
printf -v n '%s' 3-
read n <<< 4-
read -a n <<< 5-
printf -v 'r[6-]' x
n=7-
