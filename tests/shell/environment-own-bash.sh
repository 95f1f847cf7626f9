# shells: bash
# what bash makes up is not taken from its environment
env LINENO=7 /bin/bash -c 'echo $LINENO'
env SECONDS=100 /bin/bash -c 'test $SECONDS -ge 100 && echo on'
env BASH_VERSION=z BASH_VERSINFO=3 /bin/bash -c 'echo $BASH_VERSION ${BASH_VERSINFO[0]}'
env RANDOM=7 /bin/bash -c 'test $RANDOM$RANDOM != 77 && echo random'
env PS1=x PS2=y /bin/bash -c 'echo ${PS1-none} ${PS2-none}; env' | grep '^PS'
env PS4='> ' /bin/bash -c 'set -x; echo a; set +x; env | grep ^PS4='
env OLDPWD=/nowhere /bin/bash -c 'echo "[$OLDPWD]"; env | grep OLDPWD; cd /; env | grep -c OLDPWD'
env OLDPWD=/usr /bin/bash -c 'cd -'
env HOSTTYPE=h /bin/bash -c 'echo $HOSTTYPE'
