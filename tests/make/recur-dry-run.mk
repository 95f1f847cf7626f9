# SPDX-License-Identifier: GPL-2.0-only
# args: -n
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) --no-print-directory sub
	@echo not run
else
sub: ; @echo sub
endif
