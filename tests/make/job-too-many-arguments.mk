# More than the kernel takes as one argument of a program.
a := $(shell printf '%0200000d' 0)
x:
	-@getent $(a)
