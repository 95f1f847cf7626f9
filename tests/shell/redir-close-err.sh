ls /nonexistent 2>&-; echo $?; (echo x >&2) 2>&- ; echo $?
