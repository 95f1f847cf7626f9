# args: -w -q
# $(shell) says first where it is.
a != echo one
all:
