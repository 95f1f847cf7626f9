# args: -n
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
