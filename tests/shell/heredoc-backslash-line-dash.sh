# shells: dash
# A line that is a backslash counts as one.
cat <<X
\
x
$(nosuch)
\
`nosuch`
X
nosuch
