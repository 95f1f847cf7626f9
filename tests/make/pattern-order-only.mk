# SPDX-License-Identifier: GPL-2.0-only
all: a.o
%.o: %.c | dir ; @echo $^ bar $|
a.c dir: ; @echo $@
