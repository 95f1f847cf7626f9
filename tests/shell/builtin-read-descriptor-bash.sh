# shells: bash
read -u 9 a; echo $?
