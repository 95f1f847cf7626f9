# SPDX-License-Identifier: GPL-2.0-only
# With .ONESHELL the shell is one word, whatever is in it.
.ONESHELL:
SHELL = /bin/sh -e
all:
	-echo a
	echo b;
