# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
ifeq ($(MAKELEVEL),0)
all: ; +@$(MAKE) --no-print-directory -j3 sub
else
sub: ; @echo sub
endif
