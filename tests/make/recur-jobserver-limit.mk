# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
ifeq ($(MAKELEVEL),0)
all: x y ; @echo all
x y: ; +@$(MAKE) --no-print-directory sub
else
sub: a b c d ; @echo sub
a b c d: ; @mkdir lock 2>/dev/null || mkdir lock2 2>/dev/null || echo too many; sleep 0.1; rmdir lock2 2>/dev/null || rmdir lock
endif
