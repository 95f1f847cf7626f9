# shells: bash
# -- with more behind it is a wrong option
printf --01; echo $?
printf -- --01; echo $?
printf -v x --2; echo $?
