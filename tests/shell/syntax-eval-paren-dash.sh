# shells: dash
# What should have followed a command before "(" is named.
for t in '(p q r (3)' '{ p q (3); }' 'p q (3)' 'if p q (3); then :; fi' 'if p; then q r (3); fi' 'while p; do q r (3); done' \
	'case x in x) q r (3);; esac' 'f() { q r (3); }' 'a | b c (3)' '(x=1 (3))' '(>x (3))' 'x=1 (3)' 'a <x (b)' '! a b ('; do
	(eval "$t"; echo no); echo "$t $?"
done
