printf 'l1\nl2\nl3' > f; while read -r l; do echo "[$l]"; done < f; while read -r l || [ -n "$l" ]; do echo "($l)"; done < f; { read a; cat; } < f; echo; read x < f; echo $x
