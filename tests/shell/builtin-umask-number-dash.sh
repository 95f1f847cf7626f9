# shells: dash
umask 8; echo $?
umask x; echo $?
