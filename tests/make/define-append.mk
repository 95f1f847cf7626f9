# SPDX-License-Identifier: GPL-2.0-only
define A
one
endef
define A +=
two
endef
define B ?=
cond
endef
define A ?=
never
endef
$(info [$(A)] [$(B)])
all:;@:
