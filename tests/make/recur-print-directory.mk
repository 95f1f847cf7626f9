# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @mkdir d; cp Makefile d; $(MAKE) -C d; $(MAKE) -C d --no-print-directory; $(MAKE) -sC d
else
sub: ; @echo sub
endif
