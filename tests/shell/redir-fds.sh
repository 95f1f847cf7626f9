{ echo out; echo err >&2; } 2>&1 | sed 's/^/p:/'
{ echo out; echo err >&2; } 2>/dev/null
{ echo out; echo err >&2; } >f 2>&1; cat f
{ echo out; echo err >&2; } 2>&1 >g | sed 's/^/e:/'; cat g
exec 3>h; echo three >&3; exec 3>&-; cat h
exec 4<h; read x <&4; echo "$x"; exec 4<&-
echo 1>&2 to-err; echo a 3>k >&3; cat k
