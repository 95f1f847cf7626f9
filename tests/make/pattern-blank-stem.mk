# A stem with blanks is not taken apart.
.SUFFIXES:
all: a\ b.o (c\ d).o
%.o: %.c;@echo '$@: $<'
%.c:;@echo '$@'
