# SPDX-License-Identifier: GPL-2.0-only
# the jobserver has the numbers that a process would see; redirections may take them away
# args: -j3
ifeq ($(MAKELEVEL),0)
all: ; +@echo '$(MAKEFLAGS)'; $(MAKE) --no-print-directory sub
	+@$(MAKE) --no-print-directory sub 3</dev/null 5>&1
	+@MAKEFLAGS= $(MAKE) --no-print-directory -j2 sub
	+@$(MAKE) --no-print-directory -j2 sub
else
sub: ; +@echo '$(MAKEFLAGS)'; perl -e 'print join(" ", grep { -e "/dev/fd/$$_" } 3 .. 9), "\n"'
endif
