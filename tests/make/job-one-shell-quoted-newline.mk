# SPDX-License-Identifier: GPL-2.0-only
# .ONESHELL: a newline within single quotes ends the command, unless something before it needed a shell.
.ONESHELL:
.IGNORE:
all: a b c d e
a:
	echo 'a
	@b'
b:
	@true; echo 'a
	@b'
c:
	echo "a
	b"
d:
	@echo 'a\
	b'
	echo c
e: SHELL = /bin/bash
e:
	@echo 'a
	b'
