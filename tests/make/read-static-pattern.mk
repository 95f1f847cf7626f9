# SPDX-License-Identifier: GPL-2.0-only
all: a.o b.o
a.o b.o: %.o: %.c
	@echo $@ $< $*
%.c:;@echo $@
