# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p sub/d; touch sub/d/a.c)
VPATH = sub
all: d/a.o
%.o: %.c ; @echo $@ $< $*
