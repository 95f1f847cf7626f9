# SPDX-License-Identifier: GPL-2.0-only
# The environment's order is the shell's also where nothing changed and PWD is right.
export d = 4
export a.b = 1
export zap = 2
all:
	@cd . && $(MAKE) --no-print-directory -f $(firstword $(MAKEFILE_LIST)) x
x:
	@env | sed 's/^\(PWD\|PATH\|TMPDIR\|MAKEFLAGS\|MAKE_TERM[A-Z]*\)=.*/\1/' | grep -v '^_='
