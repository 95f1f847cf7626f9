# shells: dash
# dash's options, their letters in $-, what it says of others.
set -p -V; echo $-
set +p -E; echo $-; set +E
set -eo nounset -u; echo $-
set +o | head -3; set -o | head -4
set +eu -C x; echo "$- $*"
set -; echo $#; set --; echo $#
(set -q); echo $?
(set +xq); (set -"x y"); (set -o q)
set -n; echo no
