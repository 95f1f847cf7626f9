# shells: bash
read -a; echo $?
read -rN; echo $?
read -d; echo $?
read -r -u; echo $?
