# shells: bash
# The EXIT trap and the redirections of what was left: but for what stands in a function.
trap "echo T" EXIT
eval 'f() { exit 5; }; { f; } >out'
