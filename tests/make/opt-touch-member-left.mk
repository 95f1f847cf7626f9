# SPDX-License-Identifier: GPL-2.0-only
# args: -t -k
# A member that -t cannot touch after a line that ran is spoken of as half made, without such a line it is not.
all: lib(o) lib(p) lib(q)
lib(o):
	+@echo one
	@
lib(p):
	@echo two
lib(q):
	+@:
	@
