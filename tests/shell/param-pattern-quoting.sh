x='a*b'; y='*'
echo "${x#a$y}" "${x#a"$y"}" ${x%"$y"b}
v=abcabc; echo ${v#[ab]} ${v##[!c]*b} ${v%[[:alpha:]]}
