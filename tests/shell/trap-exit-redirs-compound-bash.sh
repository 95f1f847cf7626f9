# shells: bash
# The EXIT trap and the redirections of what was left: but behind what is no simple command.
set -e
trap "echo T" EXIT
g() { for i in 1; do (exit 3); done; }
g >out
