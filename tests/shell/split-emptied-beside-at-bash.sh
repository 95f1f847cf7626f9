# shells: bash
# what an operation has emptied is a field beside a "$@" of nothing, what was empty is none
c() { echo "$#"; }
x=abc e= r=(ab c)
c "$@${x//?/}"; c "${x//?/}$@"; c "$@${x#???}"; c "$@${x:3}"; c "$@${x:9}"; c "$@${e^^}"; c "$@${e:0}"
c "$@$e"; c "$@$(:)"; c "$@${e-}"; c "$@${u-}"; c "$@${v:=}"; c "${w:=$@}$@"
c "${u-$@${x//?/}}"; c "${u-$@}${x//?/}"; c "${u-${x//?/}}$@"; c "$@${r[0]//?/}"; c "$@${r[5]//x/}"
# the separators of several that are empty are split at
c "$@${r[*]//?/}"; c "${r[*]//?/}$@"; c "x$@${r[*]//?/}"; c "$@ ${r[*]//?/}"
IFS=:
c "$@${r[*]//?/}"; c "$@${r[*]/ab/}"; c "$@${r[*]/c/}"
