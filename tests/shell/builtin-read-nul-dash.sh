# shells: dash
# a backslash stays before a NUL, which is none, for what follows it
printf 'a\\\0b c\n' | { read x y; printf '[%s]' "$x" "$y"; }
printf 'a\\\0 b\n' | { read x y; printf '[%s]' "$x" "$y"; }
printf 'a\\\0\0\\\nb\n' | { read x y; printf '[%s]' "$x" "$y"; }
