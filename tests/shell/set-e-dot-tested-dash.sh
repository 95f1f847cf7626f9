# shells: dash
set -e
echo 'return 3' > lib
. ./lib || echo not reached
