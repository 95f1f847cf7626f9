# args: -k
# A shell that is nowhere, by its path and in PATH; a plain line wants it as well.
SHELL = /bin/ash
all: a b
a:
	false
	@+echo $(shell echo a)
b: SHELL = ash
b:
	@+false
