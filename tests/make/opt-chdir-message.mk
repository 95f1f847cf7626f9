# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @mkdir -p d/e; printf 'x:;@echo in e\n' > d/e/Makefile; $(MAKE) -C d -C e; $(MAKE) -C d/e y; $(MAKE) -s -C d/e; $(MAKE) --no-print-directory -C d/e
endif
