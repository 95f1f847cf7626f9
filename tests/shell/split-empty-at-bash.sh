# shells: bash
# a "$@" of nothing within ${x-..} is a field
f() { echo $#; }
x=1
f "${x+$@}$@" "${x+}$@"
f "$@${x+}"
f "$@${x+$@}"
f "${unset-${@}}${r[@]%a}"
f "${@:-}"
f "${x+${y-$@}}$@"
