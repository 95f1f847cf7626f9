# shells: bash
# What declare -a is given as "(...)" is a list of words, or that is told.
for x in '(3)(v w)' '(a (b) c)' '(a | b)' '(a ; b)' '(a "b)' '()()' '(a) b)' '(a b)' '(a
b)' '(a $(echo b))'; do
	(declare -a c="$x"; echo "$?"; declare -p c)
	(c=(1 2); declare c=$x; declare -p c)
	(f() { local -a q="$x"; declare -p q; }; f; echo "$?")
	(set -e; readonly -a c="$x"; echo over); echo "$?"
done
declare -a c="(3)(v)"; echo no
echo "after $?"
declare -p c
