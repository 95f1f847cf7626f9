# shells: bash
printf '%Q|%q|%.1Q|%.1q|%5Q|%-8.3Q|\n' 'a b' 'a b' 'a b' 'a b' 'a' 'a$bc'; printf '%Q|\n' ''; printf '%.0Q|\n' ab
