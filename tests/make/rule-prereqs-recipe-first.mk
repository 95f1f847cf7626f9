# SPDX-License-Identifier: GPL-2.0-only
a: x1 x2
a: y1 ; @echo $^
a: z1
x1 x2 y1 z1: ; @echo $@
