# SPDX-License-Identifier: GPL-2.0-only
define A = junk
x
endef
$(info $(A))
all:;@:
