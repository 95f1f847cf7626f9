# shells: bash
# What `command` runs, if it is no builtin, makes its redirections in its own process: an error in
# them ends that alone.
t() { eval "$1"; echo "S$?"; }
f() { :; }
t 'command cat <${!c}'
t 'command -p cat <${!c}'
t 'command -p -- cat <${!c}'
t 'command f <${!c}'
t 'command nosuch <$((1/0))'
for c in 'command -pp cat' 'command -v cat' 'command :' 'command exec cat' 'builtin cat'; do
	( t "$c"' <${!c[9]:?no}' )
	echo $?
done
