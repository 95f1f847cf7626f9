# shells: bash
# ladder: "$*" after an operation, within ${x-..} beside a "$@"
set -- 'p q' r
IFS=:
printf '<%s>\n' "*${*+${*/#a/b}}${@}"
