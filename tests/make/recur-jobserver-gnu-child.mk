# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
ifeq ($(MAKELEVEL),0)
all: ; +@/usr/bin/make --no-print-directory sub
else
sub: a b ; @echo done
a: ; @sleep 0.4; echo a
b: ; @sleep 0.1; echo b
endif
