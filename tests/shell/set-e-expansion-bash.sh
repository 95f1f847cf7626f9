# shells: bash
set -e
trap 'echo end' EXIT
if echo ${!unset}; then echo yes; fi
echo no
