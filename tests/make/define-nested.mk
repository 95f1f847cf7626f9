# SPDX-License-Identifier: GPL-2.0-only
define A
define B
inner
endef
after
endef
$(info [$(A)])
$(info [$(B)])
all:;@:
