# SPDX-License-Identifier: GPL-2.0-only
define A
	endef
	define
x
endef
$(info [$(A)])
all:;@:
