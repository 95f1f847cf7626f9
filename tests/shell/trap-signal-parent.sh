# A signal to PPID is one to the shell around, which takes it when the script has ended.
printf 'kill $PPID\nexit 4\n' >script; chmod +x script
{ /bin/sh -c './script; echo no'; } 2>/dev/null; echo $?
/bin/sh -c 'trap "echo got \$?" TERM; ./script; echo on $?'; echo $?
/bin/sh -c 'trap "echo got; exit 7" TERM; ./script; echo no'; echo $?
/bin/sh -c 'trap "" TERM; ./script; echo ignored $?'; echo $?
{ /bin/bash -c 'trap "echo exit" EXIT; ./script; echo no'; } 2>/dev/null; echo $?
/bin/sh -c '{ (./script; echo no); } 2>/dev/null; echo on $?'; echo $?
{ /bin/sh -c 'x=$(./script); echo on $?; ./script | cat; echo no'; } 2>/dev/null; echo $?
{ echo | xargs ./script; } 2>/dev/null; echo $?
{ /bin/sh -c 'X=$$; export X; /bin/sh -c "kill -9 \$X; exit 3"; echo no'; } 2>/dev/null; echo $?
/bin/sh -c 'kill -0 $PPID && /bin/sh -c "kill -0 \$PPID && echo there"; :'
