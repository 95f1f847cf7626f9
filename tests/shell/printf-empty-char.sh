printf '%c' '' | od -c; printf '%c|' | od -c
