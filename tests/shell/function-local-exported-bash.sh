# shells: bash
# commands see the exported variable that a local one without value hides
export a=1 FROM_OUTSIDE
e() { env | grep -E '^(a|FROM_OUTSIDE)=' | sort; echo -; }
f() { local a FROM_OUTSIDE; e; ( e; a=4; e ); (unset a; e); declare +x a=5; e; local -a a=(1); e; }
f
a=2 f
g() { local a=3; f; unset a; e; }
g
h() { unset a; e; }
a=2 h
h
unset FROM_OUTSIDE; f
