f() { echo "$1 $# $*"; }; f a b; f; f "x y"; g () { return $1; }; g 3; echo $?; h() ( x=5; echo $x ); x=1; h; echo $x; k() if true; then echo if; fi; k
f() { echo redefined; }; f; unset -f f; f 2>/dev/null; echo $?
