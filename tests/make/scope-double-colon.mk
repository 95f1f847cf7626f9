# SPDX-License-Identifier: GPL-2.0-only
all: a
a: V = v
a:: ; @echo one $(V)
a:: ; @echo two $(V)
