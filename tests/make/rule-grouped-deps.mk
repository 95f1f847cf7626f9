# SPDX-License-Identifier: GPL-2.0-only
all: b
a b &: ; @echo make $@
a: x
b: y
x y: ; @echo $@
