# SPDX-License-Identifier: GPL-2.0-only
V := g
%.o: V += p1
%.o: V += p2
x.o: V += x
x.o: ; @echo $(V)
