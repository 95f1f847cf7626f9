# shells: bash
# declare -a makes a text the first element, export -a and readonly -a do not
c=; declare -a c; declare -p c
c=4; declare -ai c; declare -p c
d=x; export d; declare -a d; declare -p d; env | grep ^d=
f() { declare -ga g; declare -p g; }; g=1; f
h=3; export -a h; declare -p h; readonly -a h; declare -p h
