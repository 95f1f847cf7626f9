# shells: bash
# a backslash before a NUL ends the text
printf 'a\\\0b c\nd' | { read x y; printf '[%s]' "$x" "$y"; read x; echo "$x"; }
printf '\\\0\n' | { read x; printf '[%s]' "$x"; } | od -c
printf 'a\\\0b c\n' | { read -r x; echo "$x"; }
