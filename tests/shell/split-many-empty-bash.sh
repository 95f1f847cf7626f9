# shells: bash
set -- a '' b ''
r=(a '' b '')
for IFS in : ' ' ' :' ''; do
printf '<%s>' $@ A $* B ${r[@]} C ${r[*]} D x$@y E; echo
done
