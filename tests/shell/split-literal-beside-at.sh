# shells: bash
# bash splits the text within ${x+..} at some characters of IFS where it shares the quotes with "$@".
t() { printf '[%s]' "$@"; echo; }
m=1 IFS=:
set -- 'p q' r
t "${m:+a:b}$@"
t "$@${m:+a:b}"
t "${m:+a:b}""$@"
t "a:b$@"
t "${u-a:b}$@" "${u=a:b}$@"
t "${m:+a:$@}"
t "${m:+x"a:b"y:z}$@"
t "$@${m:+:}" "$@${m:+:}"$u "${m:+:a:}$@"
IFS=' :' && t "${m:+a: b}$@" "${m:+a b}$@"
IFS=a && t "${m:+bac}$@"
set --
IFS=:
t "${m:+a:b}$@" "${m:+a:b}${@:-q:r}"
