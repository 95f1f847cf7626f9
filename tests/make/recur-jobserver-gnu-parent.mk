# SPDX-License-Identifier: GPL-2.0-only
ifeq ($(MAKELEVEL),0)
all: ; @/usr/bin/make -j2 --no-print-directory mid
else
mid: ; +@$(MAKE) --no-print-directory MAKELEVEL2=1 sub
sub: a b ; @echo done
a: ; @sleep 0.4; echo a
b: ; @sleep 0.1; echo b
endif
