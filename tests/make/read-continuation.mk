# SPDX-License-Identifier: GPL-2.0-only
A = a \
    b   \
	c
B = x\
y
C = z \

$(info [$(A)] [$(B)] [$(C)])
D = back\\
$(info [$(D)])
E = a\\\
b
$(info [$(E)])
all:;@:
