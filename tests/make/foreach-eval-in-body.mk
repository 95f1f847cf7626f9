# SPDX-License-Identifier: GPL-2.0-only
define def
V_$(1) := $(1)
endef
$(foreach i,a b c,$(eval $(call def,$(i))))
$(info $(V_a)$(V_b)$(V_c))
all:;@:
