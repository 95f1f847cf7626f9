x='a  b'; y=$x; z=$(echo 'p  q'); echo "$y" "$z"; case $x in 'a  b') echo same;; esac
