# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
ifeq ($(MAKELEVEL),0)
all: ; +@$(MAKE) --no-print-directory sub
else
MAKEFLAGS += -j3
sub: ; @echo sub
endif
