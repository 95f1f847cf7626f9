# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) sub
else
sub: ; @exit 4
endif
