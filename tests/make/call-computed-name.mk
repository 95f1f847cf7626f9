# SPDX-License-Identifier: GPL-2.0-only
f-a = A$(1)
f-b = B$(1)
$(info $(foreach k,a b,$(call f-$(k),x)))
all:;@:
