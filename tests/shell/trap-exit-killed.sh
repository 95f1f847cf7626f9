# shells: bash dash
# bash's EXIT trap runs before a signal ends it.
trap 'echo t $?' EXIT
(exit 3)
kill -TERM $$
echo no
