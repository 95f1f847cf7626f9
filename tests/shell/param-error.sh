(echo ${x:?}; echo no); echo $?
(echo ${x?message here}; echo no); echo $?
x=; (echo "${x:?empty}"); echo $?
echo "${x?not}"
