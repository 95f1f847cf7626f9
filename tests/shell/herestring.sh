# shells: bash
x='a  b'; cat <<<"$x"; cat <<< $x; read a b <<< "1 2 3"; echo "$b|$a"; tr a-z A-Z <<<word; cat <<<"" | od -c
