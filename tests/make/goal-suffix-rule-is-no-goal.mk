# SPDX-License-Identifier: GPL-2.0-only
.c.o: ; echo no
all: ; echo all
