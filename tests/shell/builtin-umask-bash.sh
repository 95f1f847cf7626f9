# shells: bash
umask -S "[x"; echo $?
umask -S u=rwx,g+w; umask -S 022; umask
umask x; umask 999; umask u+q; umask -p; umask -pS; umask -q
umask ''; umask g; umask u, 2>&1 | od -c
