# SPDX-License-Identifier: GPL-2.0-only
define X
ifeq ($(1),a)
R := is-a
else
R := not-a
endif
endef
$(eval $(call X,a))
$(info $(R))
$(eval $(call X,b))
$(info $(R))
all:;@:
