# shells: dash
# What makes a field of nothing in dash: quotes do, "$@" alone does not, nor does an empty HOME.
show() { printf '<%s>' "$@"; echo; }
set --
show "$@" "$@$u" "$@"$u ""$@ ''$u $u"" "${u-}" ${u-""} ${u+x}
HOME=
show ~ ~/x a~ "~"
set '' ''
show $@ "$@" "$*" $*
IFS=
show $@ "$@" "$*" $* ${#*} "${#@}" ${*:+set}
unset IFS
show ${#*} ${*:-null} "${*:-null}"
