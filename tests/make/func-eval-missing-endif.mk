# SPDX-License-Identifier: GPL-2.0-only
define X
ifeq (a,a)
R := 1
endef
$(info before)
$(eval $(X))
all:;@:
