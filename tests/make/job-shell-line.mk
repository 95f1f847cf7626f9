# An unknown SHELL, its flags and the text become one line that is read as any other.
all: a b c d e f
a b c: SHELL := echo
a: .SHELLFLAGS := hoho
a: ; @foo bar
b: SHELL := echo hi
b: .SHELLFLAGS := ho ho
b: ; @foo   bar
c: SHELL := echo hi
c: .SHELLFLAGS := 'ho;ho'
c: ; @foo bar 'quoted "x"' $$HOME \
   next line
d: SHELL := printf '[%s]\n' "a  b" c\ d
d: .SHELLFLAGS := M*
d: ; @it's $$(date) > x
e: SHELL := echo one;echo two >&2; echo
e: .SHELLFLAGS := -n -e
e: ; @no newline
f: SHELL = /bin/sh
f: .SHELLFLAGS = -x -c
f: ; @echo a; echo b
