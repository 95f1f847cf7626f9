# shells: dash
# `local -` gives the options back.
f() { local -; set -fue; echo * "$-"; g; }
g() { local - a=1; set +f; echo "$- $a"; }
touch x
f; echo * "$-"
false; echo on
h() { set -f; local -; set +f; }
h; echo *
