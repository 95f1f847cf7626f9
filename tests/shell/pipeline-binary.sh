printf '\000\001\377\n\200' | cat | od -An -tx1; printf 'a\0b' | tr '\0' n; echo
