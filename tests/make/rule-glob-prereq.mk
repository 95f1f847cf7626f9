# SPDX-License-Identifier: GPL-2.0-only
$(shell touch x1.c x3.c x2.c)
all: x*.c nothing*.c ; @echo $^
nothing*.c: ; @echo made $@
