# SPDX-License-Identifier: GPL-2.0-only
# args: a.o
$(shell touch a.c)
%.o: %.c
a.o:
