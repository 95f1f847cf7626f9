# SPDX-License-Identifier: GPL-2.0-only
all: a.o
a.o: h1 h2
%.o: %.c ; @echo $^ '<' $<
a.c h1 h2: ; @echo $@
