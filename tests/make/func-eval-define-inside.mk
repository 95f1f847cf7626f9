# SPDX-License-Identifier: GPL-2.0-only
define X
define Y
inner $(1)
endef
endef
$(eval $(X))
$(info $(value Y))
all:;@:
