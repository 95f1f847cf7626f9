# SPDX-License-Identifier: GPL-2.0-only
all: abc.o
%.o: V = short
abc%: V = middle
abc.%: V = long
%.o: ; @echo $@ $(V)
