# shells: bash
printf '%q %q %q\n' 'a b' "it's" ''; printf '%q\n' $'a\nb' 'x$y' '~z' 'a,b{c'; printf -v v '%03d' 7; echo $v; printf '%s\n' -- a; printf -- '-%s\n' x; printf '%ld %lld %hd\n' 1 2 3; printf '%5b|\n' 'a\tb'; printf '%.1q\n' ab
