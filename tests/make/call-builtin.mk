# SPDX-License-Identifier: GPL-2.0-only
$(info [$(call subst,a,b,aaa)] [$(call if,x,y,z)] [$(call if,,y,z)] [$(call or,,b)] [$(call words,a b c)])
map = $(foreach a,$(2),$(call $(1),$(a)))
o = $(call map,origin,$(1))
A = 1
$(info [$(call o,A PATH nope)] [$(call map,flavor,A MAKE)])
$(info [$(call foreach,i,1 2 3,<$$(i)>)])
all:;@:
