# SPDX-License-Identifier: GPL-2.0-only
.SECONDEXPANSION:
all: a b
a: $$(info a) x ; @echo a
b: $$(info b) y ; @echo b
x y: ;
