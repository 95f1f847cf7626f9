# SPDX-License-Identifier: GPL-2.0-only
# args: all
a b c: V = $@-v
all: a b c
a b c: ; @echo $(V)
