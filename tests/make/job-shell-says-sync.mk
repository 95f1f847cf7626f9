# args: -Otarget
# what SHELL says of the first line is kept together with its target, of later ones not
SHELL = $(warning [$@])/bin/sh
all: a b
	echo c
	echo d
a b:
	echo $@1

	@$(e)
	: $@
	
	@echo $@2
	@$(e)
