# SPDX-License-Identifier: GPL-2.0-only
export V = global
all: a b
a: V = for-a
a: W = w
a: export W
b: unexport V
a b: ; @echo $@ "[$$V] [$$W]"
