# SPDX-License-Identifier: GPL-2.0-only
all: l.a(m.o)
(%.o): %.c ; @echo member $% of $@ from $<
$(shell touch m.c)
