# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @/usr/bin/make -j2 --no-print-directory mid OWN='$(MAKE)'
else
mid: ; +@$(OWN) --no-print-directory sub
sub: a b ; @echo done
a: ; @until test -e b.done; do sleep 0.02; done; echo a
b: ; @echo b; touch b.done
endif
