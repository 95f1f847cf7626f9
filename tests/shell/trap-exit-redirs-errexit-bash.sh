# shells: bash
# The EXIT trap and the redirections of what was left: set -e leaves the innermost simple command's.
set -e
trap "echo T" EXIT
h() { for i in 1; do false; done >out; }
{ g() { h >out2; }; g >out3; } >out4
