# SPDX-License-Identifier: GPL-2.0-only
a b: V = $@-v
all: a b
a b:; @echo $(V)
