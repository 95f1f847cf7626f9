# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p c h; touch c/a.c h/a.h h/a.c)
vpath %.c c
vpath %.h h
all: a.o
a.o: a.c a.h ; @echo $@ from $^
