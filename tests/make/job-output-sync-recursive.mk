# args: -j2 -Oline -w
# A line that calls a make is left out of -O, the other lines of its recipe are not.
all:
	@echo before
	@$(MAKE) -f $(firstword $(MAKEFILE_LIST)) below
	@echo behind
	+@echo always
	@echo last

below:
	@echo one
	@echo two
