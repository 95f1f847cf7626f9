# The shell's -e is not a line of its own.
.POSIX:
all:
	#\
none-such-command
