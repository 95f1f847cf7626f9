# shells: dash
# A wrong name with a value is found when the function is left.
f() { local a+=b; echo $?; }
(f; echo no); echo $?
g() { local 1x=3; echo $?; local =x; echo $?; }
(g; echo no); echo $?
h() { local FOO-BAR; echo no; }
(h; echo no); echo $?
k() { local IFS; echo "[$IFS]"; local OPTIND; echo "$OPTIND"; }
k
