# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p src obj; touch src/a.c)
all: obj/a.o
obj/%.o: src/%.c ; @echo $@ $^ '$*'
