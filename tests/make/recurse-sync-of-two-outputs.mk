# SPDX-License-Identifier: GPL-2.0-only
# a make that waits for somebody to read what it says does not hold up one that writes elsewhere
ifeq ($(MAKELEVEL),0)
all: ; @$(MAKE) -s -j2 -O much | { $(MAKE) -s -j2 -O little; wc -l; }
endif
much: m1 m2
m1 m2: ; @seq 1 300000
little: l1 l2
l1 l2: ; @sleep 0.2; echo little
