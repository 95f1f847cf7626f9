# SPDX-License-Identifier: GPL-2.0-only
# args: -j2
ifeq ($(MAKELEVEL),0)
all: ; +@$(MAKE) --no-print-directory sub
else
sub: a b ; @echo "$(filter-out --jobserver-auth%,$(MAKEFLAGS))"
a: ; @sleep 0.3; echo a
b: ; @sleep 0.1; echo b
endif
