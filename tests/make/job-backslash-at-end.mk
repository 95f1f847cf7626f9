# A recipe that ends in a backslash with the file: its newline is the last command's.
.SHELLFLAGS = -e -c
all:
	@echo one; echo \
	two
	echo $@ ; echo a\