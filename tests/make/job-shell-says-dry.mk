# args: -n
# SHELL speaks for lines that are only shown, and for one that turns out empty
SHELL = $(warning [$@])/bin/sh
all:
	: $@
	@$(e)
	echo $@
