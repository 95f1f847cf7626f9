# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p src; touch src/a.c src/dep_a)
all: src/a.o
%.o: %.c dep_% ; @echo $@ $^ '$*' '$(*D)' '$(*F)'
