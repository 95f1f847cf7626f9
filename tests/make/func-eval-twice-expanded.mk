# SPDX-License-Identifier: GPL-2.0-only
define tpl
$(1)_V := $$(words $(2))
$(1)_W := $(words $(2))
endef
L = a b c
$(eval $(call tpl,x,$$(L)))
$(info $(x_V) $(x_W))
all:;@:
