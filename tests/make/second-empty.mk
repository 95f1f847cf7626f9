# SPDX-License-Identifier: GPL-2.0-only
.SECONDEXPANSION:
all: $$(E) a $$(E) ; @echo '$^'
a: ;
