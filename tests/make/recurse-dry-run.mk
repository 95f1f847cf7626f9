# SPDX-License-Identifier: GPL-2.0-only
# args: -n
all: a b
a: ; $(MAKE) --no-print-directory sub
	echo not run
b: ; +@echo run $(MAKE_COMMAND) | sed 's/ .*//'
	+$(MAKE) -s sub && echo also
sub: ; echo sub is printed
