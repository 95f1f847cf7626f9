# SPDX-License-Identifier: GPL-2.0-only
X = 1
define A :=
$(X)
$(X)
endef
X = 2
define B =
$(X)
endef
X = 3
$(info [$(A)] [$(B)] $(flavor A) $(flavor B))
all:;@:
