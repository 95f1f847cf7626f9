# shells: bash
# The EXIT trap and the redirections of what was left: an error in an expansion undoes them.
set -u
trap "echo T" EXIT
for i in 1; do : $nope; done >out
