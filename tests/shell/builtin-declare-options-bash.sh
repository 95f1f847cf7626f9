# shells: bash
# options that there are not
for x in -Z +q -rZ -[ --i; do declare $x a; echo $?; typeset $x; done
x=-Z; export $x a; readonly $x a; local $x a; f() { local $x a; echo $?; }; f
a=1; echo $a
