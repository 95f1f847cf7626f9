x=$(exit 3); s=$?; echo $s; false; s=$?; echo $s; (exit 4); a=$? b=$?; echo $a $b; false; x=$?$(exit 5)$?; echo $x
