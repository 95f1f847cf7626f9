.ONESHELL:
SHELL=\bash
# Behind a backslash it is a shell as well: the signs before its lines go.
t1:
	
	@=
