# shells: bash
# What looks for a match goes by a length, in which "[^]" is one.
p='[^]]' s='ab^cd^]'
echo "${s//$p/z}" "${s//[^]a]/z}" "${s/#[!]]/z}" "${s/%[]]/z}" "${s//[]]/z}" "${s#$p}"
echo "${s//[[:alpha:]]/z}" "${s//[ab^]?/z}" "${s//\[^]/z}" "${s/%c?^?/z}" "${s//\^c/z}"
