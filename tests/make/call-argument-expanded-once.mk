# SPDX-License-Identifier: GPL-2.0-only
f = $(1)
A = $$(B)
B = no
$(info $(call f,$(A)) $(call f,$$(B)))
all:;@:
