echo 'echo file $1; nosuchcmd; echo line $?' > f; /bin/sh f arg; /bin/sh ./f; /bin/bash f x; /bin/sh /nonexistent/f; echo $?; /bin/sh -e f; echo $?; (cd /; /bin/sh "$OLDPWD/f") 2>/dev/null
