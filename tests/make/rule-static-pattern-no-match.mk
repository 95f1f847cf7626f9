# SPDX-License-Identifier: GPL-2.0-only
# args: a.o b.x
all: a.o
a.o b.x: %.o: %.c ; @echo $@ $< '$*'
a.c: ; @echo $@
