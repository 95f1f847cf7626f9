printf; echo $?; printf '%z\n'; echo $?; printf 'a%'; echo $?; printf '%d %s\n' x y; echo $?
