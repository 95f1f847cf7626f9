# shells: bash
# set -e within a text that is tested: what an error ends is not that.
set -e
if eval 'set +e; set -e; false; echo on; set +e'; then echo $-; fi
false; echo on2
trap 'echo T' EXIT
{ eval '{ set -eu; echo $nope; } >out4'; } >out2 || echo or
