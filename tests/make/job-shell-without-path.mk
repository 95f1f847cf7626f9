# The shell is looked for without a PATH: the error is that one's, not of what was looked at before.
unexport PATH
b = $(shell exit)
SHELL = sh
all:
	'$(b)
