# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) -k -j4 -O one two 2>&1 | sort
endif
one two: ; $(MAKE) -s $@-1
%-1: ; $(MAKE) $@2
%-12: ; $(MAKE) $@3 other
%-123: ; exit 5
other: ; @echo other
