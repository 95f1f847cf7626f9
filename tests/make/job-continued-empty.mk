# What is left of a line is a continuation and blanks: nothing to run, nothing to print.
all: one two three
one: ; \
 $(nothing)
two: ; @\
 $(nothing)\

	@echo two
three: SHELL = /bin/bash
three: ; \
 $(nothing)
