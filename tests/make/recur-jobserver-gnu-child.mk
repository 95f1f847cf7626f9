# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
ifeq ($(MAKELEVEL),0)
all: ; +@/usr/bin/make --no-print-directory sub
else
sub: a b ; @echo done
a: ; @until test -e b.done; do sleep 0.02; done; echo a
b: ; @echo b; touch b.done
endif
