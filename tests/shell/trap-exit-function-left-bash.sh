# shells: bash
# What an EXIT trap sees of the functions that set -e or an error leaves: all in ( ) and in a stage, $1 and
# FUNCNAME where the shell itself ends or $(..), nothing behind a text around.
a=1
set -- A B
t='echo "$a,$b,$v,$1,$#,${FUNCNAME[*]}"'
on() { trap "$t" EXIT; }
g() { local a=z; set -e; false; :; }
f() { local b=y; g 2; :; }
e() { local a=z; set -e; eval false; :; }
m() { local a=z; set -e; cd none; : "${none?}"; }
r() { local a=z; set -e; return 4; }
k() { r 7; }
for call in 'f 1' 'g 1' 'v=w g 1' 'e 1' 'm 1' 'k 1'; do
	echo "== $call"
	case $call in
	f*) (on; f 1); (on; f 1) | cat; echo "$(on; f 1)"; (on; eval 'f 1'); eval '(on; f 1)'; (on; f 1 2>&1) ;;
	v*) (on; v=w g 1); echo "$(on; v=w g 1)" ;;
	g*) (on; g 1); on | cat; { on; g 1; } | cat; echo "$(on; g 1)" ;;
	e*) (on; e 1); { on; e 1; } | cat ;;
	m*) (on; m 1); echo "$(on; m 1)" ;;
	k*) (on; k 1); echo "$(on; k 1)" ;;
	esac
done
on
f 1
