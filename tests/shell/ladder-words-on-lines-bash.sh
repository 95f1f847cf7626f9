# shells: bash
# ladder: reserved words and assignments that go on behind a line's end, GLOBIGNORE, words behind a redirection
i\
f true; then echo a; f\
i
b\
=2 c=3; echo $b$c
touch x.o x.c
GLOBIGNORE='*.o'; echo x*
eval '{ { echo no; } >/dev/null }'
