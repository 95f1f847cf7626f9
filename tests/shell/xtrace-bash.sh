# shells: bash
set -x; a=1; echo "x y" $a ''; b=2 true; f() { echo "$1"; }; f 'q*'; x=$(echo sub); if true; then :; fi; for i in 1 "2 3"; do echo $i; done; case $a in 1) :;; esac; (echo s); y="it's"; echo "$y" a\\b; eval 'echo ev'; set +x; echo quiet
