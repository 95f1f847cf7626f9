# args: -k
# bash runs the last simple command in its own place: what kills that has killed the shell.
SHELL = /bin/bash
all: a b c d f h i
a: ; @sh -c 'kill -9 $$$$'
b: ; -@sh -c 'kill $$$$'
c: ; @true; sh -c 'kill -9 $$$$'
d: ; @true && sh -c 'kill -9 $$$$'
f: ; @{ sh -c 'kill -9 $$$$'; } 2>/dev/null
h: ; @trap 'echo bye' EXIT; { sh -c 'kill -9 $$$$'; } 2>/dev/null
i: ; @false || sh -c 'kill -9 $$$$'
