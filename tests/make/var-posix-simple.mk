# SPDX-License-Identifier: GPL-2.0-only
A = 1
B ::= $(A)
A = 2
$(info $(B) $(flavor B))
all:;@:
