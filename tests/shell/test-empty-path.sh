[ '' -ef '' ]; echo $?
[ '' -nt none ]; echo $?
