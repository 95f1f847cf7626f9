# SPDX-License-Identifier: GPL-2.0-only
V = global
all: V += all
all: a ; @echo all $(V)
a: V += a
a: b ; @echo a $(V)
b: ; @echo b $(V)
