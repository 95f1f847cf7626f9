# shells: bash
printf 'line\n' | { read; echo "$REPLY"; }; printf ' keep \n' | { read; echo "<$REPLY>"; }; printf 'a,b,c' | { read -d , x; echo $x; }; printf 'abcdef' | { read -n 3 x; echo $x; }; printf '1 2 3\n' | { read -a v; echo "${v[1]} ${#v[@]}"; }; read -r a b <<<"p q r"; echo "$b"
