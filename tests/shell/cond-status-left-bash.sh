# shells: bash
# an error in [[ ]] under set -e: not the status of a substitution before it
set -- '' "`exit 3`"
(set -e; set -- '' "`exit 3`"; [[ ${!1} ]])
echo $?
