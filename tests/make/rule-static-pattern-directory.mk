# SPDX-License-Identifier: GPL-2.0-only
all: d/a.o
d/a.o: %.o: %.c x/% ; @echo $@ $^ $*
d/a.c x/d/a: ; @echo $@
