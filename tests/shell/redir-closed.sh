echo x >&9 || echo arm $?
{ printf 'msg\n' >&9 || printf 'msg2\n'; } >&2 2>/dev/null; echo $?
cat <&7; echo $?
echo lost >&-; echo $?
