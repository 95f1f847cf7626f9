# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p c; touch c/a.c)
vpath %.c c
vpath %.c
all: a.o
a.o: a.c ; @echo $@ from $^
