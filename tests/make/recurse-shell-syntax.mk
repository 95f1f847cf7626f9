# SPDX-License-Identifier: GPL-2.0-only
# lists, subshells, loops, assignments before it, conditions
ifeq ($(MAKELEVEL),0)
all:
	@mkdir -p x y; $(MAKE) sub && echo good || echo bad
	@(cd x; $(MAKE) -f ../Makefile sub)
	@cd y && $(MAKE) -f ../Makefile sub; pwd | sed 's,.*/,,'
	@for d in x y; do $(MAKE) -C $$d -f ../Makefile sub || exit 1; done
	@V=1 W='2 3' $(MAKE) sub
	@if $(MAKE) -s fail; then echo yes; else echo no $$?; fi
	@! $(MAKE) -s fail
	@set -e; $(MAKE) -s fail; echo not reached
	@echo not reached
else
sub: ; @echo sub $(V) $(W) $(notdir $(CURDIR)) $(MAKELEVEL)
fail: ; @exit 7
endif
