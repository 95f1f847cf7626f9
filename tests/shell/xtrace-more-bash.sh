# shells: bash
set -x
a=1; a+=2; r=(1 "$a"); for ((i = 0; i < 1; i++)); do :; done
[[ -n a && ( b = c || ! -z 'x y' ) ]]; [[ a == a* ]]; [[ $a ]]; trap 'echo t' EXIT; echo $'\001' $'\001 '
