# SPDX-License-Identifier: GPL-2.0-only
all: V = all
all: a b ; @echo all $(V)
a: ; @echo a $(V)
b: V = b
b: c ; @echo b $(V)
c: ; @echo c $(V)
V = global
