for i in 1 2; do cat <<E
item $i
E
done
