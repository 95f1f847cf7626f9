# shells: bash
# Where standard input is closed, that of $(..) is the pipe which bash opened for it.
{ x=$(echo a 3<&0; eval 'echo b' 3<&0); echo "$x"; } <&-
{ x=$(exec 3<&0; echo ok; echo b >&3); echo "$x"; } <&-
{ x=`echo a >&0`; echo "$x" $( (echo b 3<&0) ); } <&-
{ echo a | echo b 3<&0 | cat; echo a 3<&0 | cat; echo c 3<&0; } <&-
exec <&-
echo $(echo $(echo a 3<&0))
