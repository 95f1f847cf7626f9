# SPDX-License-Identifier: GPL-2.0-only
all: private V = all
V = global
all: a ; @echo all $(V)
a: ; @echo a $(V)
