# shells: bash dash
# A + alone is passed by, a - ends the options.
set -- a b
set + - c; echo "$@"
set - + d; echo "$@"
set +; echo "$@"
set -u + -f x y; echo "$@"
case $- in *f*) echo f;; esac
