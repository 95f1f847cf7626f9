# shells: bash
# A \" is one only right between quotes; a backslash before a newline goes everywhere.
cat <<EOF
`echo \"1\"` " `echo \"2\" \\\$x` "
EOF
echo "`echo \"3\"`" "${u-`echo \"7\"`}" `echo 'a\
b'` "`echo 'c\
d'`"
