/bin/echo 'a	b' "$(printf 'x\377y')" | od -An -tx1; /usr/bin/printf '%s\n' '' 'a b' | od -c
