# SPDX-License-Identifier: GPL-2.0-only
define A
endef
define B

endef
$(info [$(A)] [$(B)] $(flavor A))
all:;@:
