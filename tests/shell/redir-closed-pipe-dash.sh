# shells: dash
# Where 1 was closed, $(..) and | give it back, but behind a redirection within it is closed again.
( exec >&-
x=$(echo a; echo b; echo c >&2; echo d); echo "$x" >&2
x=$(echo a >&2; echo b); echo "$x" >&2
(echo d >&2; echo e) | cat >&2
x=$(: ; echo b; echo c); echo "$x" >&2 )
{ x=$(echo a >&2; echo b); } >&-; echo "$x"
( (x=$(echo a >&2; echo b); echo "$x" >&2) >&- )
