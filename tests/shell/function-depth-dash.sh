# shells: dash
# Functions within functions, not what stands between them, are counted.
f() { n=$((n + 1)); [ $n -gt 999 ] || f; }; f; echo $n
f() { n=$((n + 1)); f; }; n=0; (f; echo no); echo $?
n=0; f || echo or
