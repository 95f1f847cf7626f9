# SPDX-License-Identifier: GPL-2.0-only
all: a.o b.o lib/x.o
%.o: V = o
a%: V += a
lib/%.o: V := lib $(V)
lib/%: private W = w
a.o: V += own
%.o: ; @echo $@ '$(V)' '$(W)'
