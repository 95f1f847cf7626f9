# SPDX-License-Identifier: GPL-2.0-only
# args: -k
ifeq ($(MAKELEVEL),0)
all: a b
a: ; @$(MAKE) sub
b: ; @echo b
else
sub: x y
x: ; @exit 4
y: ; @echo y
endif
