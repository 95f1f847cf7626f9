# shells: dash
# A name ends at "=" for dash's builtins; umask -S takes a mode.
a=1; unset a=b; echo "${a-unset}"
(unset 'x[=y'); echo '1 2' | { read a=b c; echo "$a $c"; read '[=' c; echo $?; }
getopts a o=p -a; echo $o
umask -S u=rwx,g=rx,o=; umask; (umask -S 9); (umask -S x)
export c=3 b=2 a=1 ab=4 ba=5
env | grep '^[abc]*='
