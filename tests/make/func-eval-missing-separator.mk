# SPDX-License-Identifier: GPL-2.0-only
define X
A := 1
this is nothing
endef

$(eval $(X))
all:;@:
