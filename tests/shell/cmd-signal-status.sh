{ /bin/sh -c 'kill -9 $$'; } 2>/dev/null; echo $?; { /bin/sh -c 'kill -TERM $$'; echo $?; } 2>/dev/null
/usr/bin/env false; echo $?
