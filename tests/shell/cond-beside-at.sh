# shells: bash
# A word of [[ ]] or case with a "$@" and more is split, and joined again.
set -x
set -- ' a  b ' 'c '
v='  q  r  '
[[ $*"$@" ]]
[[ $v"$@" < a ]]
[[ "$@" ]]
[[ $v$@ ]]
case $v"$@" in 'q r  a  b  c ') ;; esac
