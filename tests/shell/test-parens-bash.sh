# shells: bash
[ \( a b ]; [ \( a = b x ]; [ \( x ; [ a = b -e x ]; [ a -o b -e ]; [ ! \( a ]; [ \( \) ]; test \( a; test x \) y z
return x; return 1 2; echo "$?"
f() { return 1 2; echo no; }; f; echo "$?"
shift 1 2; echo no
echo "$?"; set -e -=; echo "$?"; false; eval -x; echo "$?"; eval -- echo ok; %1; echo "$?"
IFS=o read a '[x' b <<< 'foo bar'; echo "$? $a"
readonly ro=1; read ro <<< x; echo "$?"; printf -v ro x; echo "$?"
nosuché; $'no\nsuch' ; printf '%d\n' 0x 0y 09 0x1z
