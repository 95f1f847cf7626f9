# shells: bash
# late: which line of a text for eval is told of what has no end within a $(..)
q="'"
for text in "\$($q" "
\$($q" "a \$(
b $q" "a
\$(b
\$(c
\"x" 'a $(b' 'a $(b
' 'a $(b $(c
' 'a
b=$((
' 'a
"$(b
c
' 'a
$(b
if c
'; do
	(eval "$text")
	echo $?
done

eval 'a $(b
'
