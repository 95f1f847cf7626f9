export MAKEFLAGS= ;env | grep -c '^MAKEFLAGS=$'; SHELL= ; echo "<$SHELL>"; i=1; for mod in a b c; do [ $i -gt 1 ] && printf ,; printf %s $mod; i=$((i+1)); done; echo
