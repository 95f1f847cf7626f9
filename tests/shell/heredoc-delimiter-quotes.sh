# shells: bash dash
cat <<"\\x"
a
\x
cat <<"a\$b"
b
a$b
cat <<"\q"
c
\q
cat <<'\\$z'
d
\\$z
cat <<\\w
e
\w
cat <<a"\b"'\c'\d
g
a\b\cd
echo end
