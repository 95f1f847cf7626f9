# shells: bash
# an array of a function hides an exported variable
export a=1; f() { local a=(x y); env | grep ^a=; g; }; g() { local a=3; env | grep ^a=; export -n a; env | grep ^a=; }; f
f() { local -a a; env | grep ^a=; a=5; env | grep ^a=; (env | grep ^a=); }; f
f() { local -i a; a=7; env | grep ^a=; a[2]=1; env | grep ^a=; }; f; env | grep ^a=
