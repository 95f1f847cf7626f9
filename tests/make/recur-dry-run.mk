# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) --no-print-directory -n mid | sed 's/^[^ ]*make //'
mid: ; @$(MAKE) --no-print-directory sub
	@echo not run
else
mid: ; @$(MAKE) --no-print-directory sub
	@echo not run
sub: ; @echo sub
endif
