for i do echo "$i"; done
for i; do echo "$i"; done
for i in a b
do echo $i
done
for x in 1 2; do for y in $x; do echo $y; done; done
set -- 'p q' r; for i in "$@"; do echo "[$i]"; done; echo $i
