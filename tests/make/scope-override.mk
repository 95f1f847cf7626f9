# SPDX-License-Identifier: GPL-2.0-only
# args: V=command
all: a b
a: V = a
b: override V = b
a b: ; @echo $@ $(V)
