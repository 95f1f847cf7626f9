# SPDX-License-Identifier: GPL-2.0-only
# args: b all
all: $$(X) ; @echo '$^'
.SECONDEXPANSION:
b: $$(X) ; @echo $^
X = x
x: ;
