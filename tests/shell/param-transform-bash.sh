# shells: bash
# ${x@Q} and its like, of texts, arrays and the parameters; in a text that is known only here as well.
a='x y' d="it's" e=$'t\tn\n' g='\t\x41\z\' h="'" c= n=3
declare -i i=5 iu
declare -ix ix=7
readonly ro=r
export ex='1 2'
r=(one 'two three' '' four) s=([3]=q [7]='$z "w"') em=()
declare -a un ra=(5)
readonly ra
v=a w='r[1]' y='r[@]'
set -- 'p q' "it's" ''
for name in a c d e g h n i iu ix ro ex r 'r[1]' 'r[9]' s em un ra nope 1 2 4 '?' '#' PWD
do
	for letter in Q E a A K k U u L
	do
		eval "printf '<%s>' \"\${$name@$letter}\" x\${$name@$letter}y; echo"
	done
done
for name in 'r[@]' 's[@]' 'em[@]' 'un[@]' 'ra[@]' 'a[@]' 'nope[@]' @ '!v' '!w' '!y'
do
	for letter in Q E U u L
	do
		eval "printf '<%s>' \"\${$name@$letter}\" x\${$name@$letter}y \"x\${$name@$letter}y\"; echo"
	done
done
for name in 'r[@]' 's[@]' 'em[@]' 'un[@]' 'ra[@]' 'a[@]' 'i[@]' 'nope[@]'
do
	eval "printf '<%s>' \"\${$name@a}\" \${$name@a} \"x\${$name@k}y\" \${$name@k}; echo"
done
IFS=:
z=${@@Q}; echo "$z"
z="${r[@]@U}"; echo "$z"
unset IFS
(set -u; echo "${nope@Q}")
(set -u; echo "${s@A}" "${un[@]@Q}"; echo "${r[9]@a}")
