# shells: bash
# What cannot be changed keeps its attributes, too; +i counts before the value.
readonly x=5
declare -i x=1+2; echo $?; declare -p x
(export x=7; declare -p x); declare -a 'x[1]+=6'; declare -p x
y=(7 8); declare -r y[1]=5; echo $?; declare -p y
declare -i z=4; declare +i z+=3; echo $z
a=(7 8); declare +a a+=3; echo $?; declare -p a
f() { local x=(1 2); echo no; }; f
g() { local -g b=2; local -r c[1]=5; declare -p c; }; g; echo $b
(set -x; readonly x=6; export x=7); (export x=8; declare -p x)
