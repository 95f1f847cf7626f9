# shells: bash
exec 3>f; echo a >&3; exec 4>&3-; echo b >&4; echo c >&3; echo $?; cat f
