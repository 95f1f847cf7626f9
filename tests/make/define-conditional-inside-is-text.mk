# SPDX-License-Identifier: GPL-2.0-only
define A
ifdef X
x
endif
endef
$(info [$(A)])
all:;@:
