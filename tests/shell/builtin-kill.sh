kill -0 $$; echo $?; kill -l 2; kill -l 137; kill 2>/dev/null; echo $?; (kill -9 $$ ) ; echo no
