# shells: bash
# ladder
export SHELLOPTS
set -o pipefail
bash -c 'false | true; echo $?'
