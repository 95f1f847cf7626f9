# SPDX-License-Identifier: GPL-2.0-only
.SECONDEXPANSION:
all: a.o b.o
a.o b.o: %.o: %.c $$(D_$$*) $$(wildcard Make%) ; @echo $@: $^ $*
D_a = x y
D_b = z
a.c b.c x y z: ;
