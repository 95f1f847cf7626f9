p=/usr/local/lib/libfoo.so.1.2
echo ${p#*/} ${p##*/} ${p%/*} ${p%%/*} ${p%.*} ${p%%.*} ${p#/usr} ${p#nomatch}
f="a b c"; echo "${f#* }" "${f##* }" "${f% *}" "${f%% *}"
x='*star*'; echo "${x#'*'}" "${x#\*}" "${x%"*"}"
