# shells: bash
# ladder: no newline stands behind a condition that is a word alone
[[ a == a
]] && echo yes
[[ ! -n ''
&& b ]] && echo yes
[[ a
]] && echo no
