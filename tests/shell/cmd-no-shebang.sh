printf 'echo plain $1\n' > s; chmod +x s; ./s arg; echo $?
