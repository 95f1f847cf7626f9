# shells: bash
echo $'a\tb\nc\x41\101\'q\\ \u00e9 \cA \e[0m' | od -c; echo $'multi
line' "$'not'" a$'b'c $"loc"
printf %s $'nul\0gone' | od -c
