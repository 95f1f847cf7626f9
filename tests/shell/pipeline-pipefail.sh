# shells: bash
set -o pipefail; false | true; echo $?; (exit 3) | (exit 4) | true; echo $?; true | true; echo $?; set +o pipefail; false | true; echo $?; (exit 2) | (exit 5) | true; echo "${PIPESTATUS[@]}"; echo "${PIPESTATUS[@]}"; false; echo ${PIPESTATUS[0]}
