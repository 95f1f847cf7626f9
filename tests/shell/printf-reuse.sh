printf '%s-%s\n' a b c; printf 'x\n' a b; printf '%s %d\n' a 1 b; printf '\\%s' aa bb; echo; printf "%02x:" 1 2 255; echo
