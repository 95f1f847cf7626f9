# SPDX-License-Identifier: GPL-2.0-only
all: a.o b.o
a.o b.o: %.o: %.c common ; @echo $@ $< $* $^
a.c b.c common: ; @echo $@
