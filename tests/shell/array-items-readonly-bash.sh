# shells: bash
# bash looks whether a variable may change before it expands what an array is to hold
readonly r
(r=($(echo expanded >&2)); echo "not reached")
(r+=($((1 / 0))); echo "not reached")
(declare r=($(echo expanded)); echo $?)
f() { local -r a=(1); a=($(echo expanded >&2)); echo $?; }
f
