printf '%s\n' a b c | while read x; do y=$x; echo "<$x>"; done; echo "y=$y"; seq 3 | { read a; echo $a; cat; }
