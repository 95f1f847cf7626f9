# SPDX-License-Identifier: GPL-2.0-only
A = $(B) $$x
B := $(A)
define C
 x $(1)
	y
endef
$(info [$(value A)] [$(value B)] [$(value C)] [$(value nope)] [$(value A B)])
all:;@:
