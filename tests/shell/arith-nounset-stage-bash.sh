# shells: bash
# the status of an expression that names what is not set, in a stage
set -u -o pipefail
m=$((!unset)) 7>&- | cat; echo $?
(m=$((!unset))); echo $?
x=$(echo $((!unset))); echo $?
