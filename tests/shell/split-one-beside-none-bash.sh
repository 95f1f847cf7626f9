# shells: bash
# one empty parameter beside none of another kind is a field
c() { printf '%s' "$#"; printf '<%s>' "$@"; echo; }
r=('a b' '' c:d); set -- ''
c "$@${@:9}"; c "${@:9}$*"; c "${@:9}${*/a/b}"; c "${*:0}$@" | sed 's/<.*//'
set --; c "${r[*]##*}$@"; c "$@${r[*]##*}"
set -- ''; x=${@:-w}; echo "[$x]"; x=${*:+"w"}; echo "[$x]"; x="${@:-w}"; echo "[$x]"
