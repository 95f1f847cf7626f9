# shells: bash
# $@ within ${x-..} and an IFS that begins with something else than a blank
set -- 'p bq' '' 'f*  s'
IFS=b; printf '[%s]\n' x${@+$@}y ${u:-x$@y}
IFS='b '; printf '[%s]\n' ${u-$@} $@
r=('p q' r); printf '[%s]\n' ${u:-${r[@]#x}}
IFS=' b'; printf '[%s]\n' ${u-$@}
