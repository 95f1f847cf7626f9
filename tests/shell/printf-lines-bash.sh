# shells: bash
# complete lines are written before what is said of the next
printf '%d\n' 1 x 2 y
printf '%d %d\n' 1 2 x y 3
declare -i i; i=1; declare -i i='1 2'; unset IFS; echo "[$IFS]"
read -a r '[x' <<< 'a b'; read -ra r <<< 'a b'; echo "${r[1]}"; r[1]+=x echo ok
IFS=; set -- 'a b' c; printf '<%s>' ${@#x}; echo
printf 'a\nb\n\xg\n'
printf '%b' 'c\n\ud\n'
printf 'e\n%d\nf' 99999999999999999999
printf '\n%n' 1x
printf 'g\n%z'
