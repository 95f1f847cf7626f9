printf 'c\nb\na\n' | /usr/bin/sort | while read x; do echo "$x"; done | /usr/bin/tac | cat -n; echo err-out | /bin/cat - /nonexistent 2>&1
