# An assignment behind define or undefine is made; nothing else may stand there.
all: define a=1
all: override undefine b := 2
all:;@echo '$(a)' '$(b)' '$(origin b)'
all: define c
