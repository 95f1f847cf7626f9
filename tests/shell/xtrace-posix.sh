# shells: dash
set -x; a=1; echo "x y" $a; b=2 c=3 true; f() { echo "$1"; }; f q; x=$(echo sub); if true; then :; fi; for i in 1 2; do echo $i; done; echo hi > /dev/null; case a in a) :;; esac; (echo s)
