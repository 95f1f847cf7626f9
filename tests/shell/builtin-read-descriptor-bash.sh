# shells: bash
read -u 3 a; echo $?
