# SPDX-License-Identifier: GPL-2.0-only
.SECONDEXPANSION:
all: $$(X) $$@.x | $$(O) ; @echo '$^' '|' '$|'
X = a b
O = o
a b o all.x: ; @echo $@
