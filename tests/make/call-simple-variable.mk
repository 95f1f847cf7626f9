# SPDX-License-Identifier: GPL-2.0-only
f := $$(1)
$(info $(call f,x))
g := $(1)text
$(info $(call g,x))
all:;@:
