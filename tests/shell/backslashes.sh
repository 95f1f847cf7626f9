echo a\b "a\b" 'a\b' "\\" \\ "\$" "\n"; x='\n'; echo "$x" | od -c; printf '%s\n' $x \\n "a\\b"; y=a\\b; printf '%s\n' $y "$y"; case 'a\b' in a\\b) echo esc;; esac
