# SPDX-License-Identifier: GPL-2.0-only
define X
$(subst
a,b,aaa)
endef
$(info [$(X)])
all:;@:
