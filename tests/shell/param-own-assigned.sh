# shells: bash
# Variables that bash makes itself: what an assignment does to them.
LINENO=20; echo $LINENO
RANDOM=42; a=$RANDOM; echo $a $RANDOM; RANDOM=0; echo $RANDOM; RANDOM=x; echo $RANDOM
SECONDS=100; [ $SECONDS -ge 100 ]; echo $?
FUNCNAME=x; echo "$FUNCNAME"; BASH_LINENO=3; GROUPS=x
true | false; PIPESTATUS=z; echo ${PIPESTATUS[@]}
OPTIND=1+1; echo $OPTIND
unset LINENO; LINENO=7; echo $LINENO
