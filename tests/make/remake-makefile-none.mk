# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @mkdir d; cd d; printf 'all:;@echo %%s\\n from' > Makefile.sh; $(MAKE) --no-print-directory all
endif
