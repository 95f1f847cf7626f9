# SPDX-License-Identifier: GPL-2.0-only
f = $(foreach x,$(1),$(x)$(2))
$(info $(call f,a b c,!))
all:;@:
