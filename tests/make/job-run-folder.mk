# A folder is no program: the words of execvp, or of the shell.
all: a b c
a: ; -@/
b: ; -@./none
c: SHELL = /bin/bash
c: ; -@/ 
$(shell ./none)
$(shell /)
