# Each script has a number of its own, and knows its parent's; a subshell keeps the shell's.
say() { case $2 in $$) own=mine ;; *) own=other ;; esac; case $3 in $$) by=me ;; *) by=else ;; esac; echo "$1 $own $by"; }
printf '#!/bin/sh\necho $$ $PPID\n' >script; chmod +x script
say text $(/bin/sh -c 'echo $$ $PPID'; :)
say file $(/bin/sh ./script; :)
say started $(./script; :)
./script >plain; say plain $(cat plain)
(echo $$ $PPID; :) >within; say within $(cat within)
(./script; :) >below; say below $(cat below)
./script | cat >piped; say piped $(cat piped)
(exec ./script) >instead; say instead $(cat instead)
env ./script >env; say env $(cat env)
echo | xargs ./script >args; say args $(cat args)
[ "$(cat plain)" = "$(./script)" ] || echo another each time
/bin/sh -c 'echo $$; (echo $$); echo $(echo $$) | cat; exec ./script' | cut -d' ' -f1 | uniq | sed 's/.*/one and the same/'
/bin/bash -c 'echo $$; ./script' | cut -d' ' -f1 | uniq | sed 's/.*/bash gives its place/'
/bin/bash -c 'echo $$; ./script; :' | cut -d' ' -f1 | uniq | sed 's/.*/or not/'
/bin/sh -c 'mkdir d.$$ && /bin/sh -c "mkdir d.\$\$ && echo made" && ./script >/dev/null'
set -- d.*; echo $#
rm -f plain within below piped instead env args; rmdir d.*
