# SPDX-License-Identifier: GPL-2.0-only
.SECONDEXPANSION:
all: d/a.o
%.o: $$*.c $$(addprefix h/,$$(notdir $$*)) %.h | $$(@D)/dir ; @echo $@: $^ '|' $| '*' $*
d/a.c h/a d/a.h d/dir: ; @echo $@
