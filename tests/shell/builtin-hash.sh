hash cat; echo $?; hash nosuchcmd; echo $?; hash -r; echo $?
