# shells: bash
declare x=1 y; echo $x "${y-unset}"; declare -i n=2+3; echo $n; declare -r c=5; c=6; echo $?
declare -p x n; declare -a arr=(p q); declare -p arr; f() { declare v=in; echo $v; declare -g gl=1; }; f; echo "${v-none} $gl"; typeset t=5; echo $t
