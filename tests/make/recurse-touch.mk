# SPDX-License-Identifier: GPL-2.0-only
# args: -t
all: a ; $(MAKE) sub
a: ; echo not run
sub: b ; echo not run
	+@echo run
b: ; echo not run
