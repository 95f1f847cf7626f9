# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p src; touch src/a.c)
VPATH = nowhere:src
all: a.o
%.o: %.c ; @echo $@ from $< $^ '$(<D)'
