# SPDX-License-Identifier: GPL-2.0-only
.SECONDEXPANSION:
all: V = one two
all: $$(V) ; @echo $^
one two: ;
