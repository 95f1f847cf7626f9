# SPDX-License-Identifier: GPL-2.0-only
f = F$(1)
$(info [$(call f g,a)])
all:;@:
