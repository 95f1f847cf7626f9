# what a shell sets anew, whatever it was given
for shell in /bin/sh /bin/bash; do
	env OPTIND=3 $shell -c 'echo $OPTIND; getopts a o -a -a; echo $o $OPTIND'
	env OPTIND=3 $shell -c 'env' | grep '^OPTIND='
	env IFS=x $shell -c 'a=1x2; echo $a'
	env IFS=x $shell -c 'env' | grep '^IFS='
	env PPID=1 $shell -c 'test $PPID != 1 && echo another'
done
set -a
getopts ab o -a -b
/bin/sh -c 'getopts c o -c; echo $o $OPTIND'
