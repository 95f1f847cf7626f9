# args: -i
# The error that was ignored tells first that the makefile is missing.
include none.mk
none.mk:
	exit 3
all:;@echo all
