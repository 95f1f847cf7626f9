# shells: bash
# ladder
set -v
echo a
