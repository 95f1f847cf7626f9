# SPDX-License-Identifier: GPL-2.0-only
define A
x
endef # comment
define B
y
  endef
$(info $(A)$(B))
all:;@:
