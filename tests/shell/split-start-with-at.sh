# shells: bash
# Where a word has a $@, blanks at its start and the separator behind them end nothing.
set -- 'p q' r
IFS=' :'
v=' :' w=: x='a :' y='a:'
p() { printf '<%s>' "$@"; echo; }
p ${v}"$@"
p ${v}x
p ${v}"x"
p ${w}"$@"
p ${w}x"$@"
p ${x}"$@"
p ${y}"$@"
p "$@"${v}
p "$@"${w}
p "$@"${w}"$@"
p "$@"${w}""
p "$@"${v}x
p ${w}${w}"$@"
p ${v}"$1"
p ${v}$@
p ${v}"$*"
p ${v}"${r[@]}"
IFS=:
p ${w}"$@"
p ${w}"$1"
p x${w}"$@"
p ${w}${w}"$@"
p "$@"${w}
set --
p ${w}"$@"
p ${v}"$@"
set -- 'p q' r
IFS=' :'
p ${u}${v}"$@"
p ${v}${v}"$@"
v='  : : '
p ${v}"$@"
p ${v}x"$@"
p ${v}$*
p ${v}"${@#x}"
p ${v}${@#x}
p ${v}"${u-$@}"
p ""${v}"$@"
p ${u-${v}"$@"}
v=' '
p ${v}"$@"
p ${v}:"$@"
v=' : '
p ${v}"${@:1:1}" "$@"${v}${v}
