# SPDX-License-Identifier: GPL-2.0-only
inner = $(1)-$(2)-$(3)
outer = [$(call inner,$(1))]$(2)$(3)
$(info $(call outer,a,b,c) $(call inner,x,y,z))
3 = global
$(info $(call inner,p,q) $(3))
all:;@:
