# SPDX-License-Identifier: GPL-2.0-only
# dash numbers a command by the line where its first word ends.
all:
	-@no\
	ne; none \
	x
	-@x=1\
	2 none
