# A rule without prerequisites takes over what the rule tried before it had found.
.SUFFIXES:
all: a.o
%.o: there none;@echo first
%.o:;@echo '$@: $^'
there:
