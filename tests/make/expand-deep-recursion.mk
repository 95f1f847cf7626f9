# SPDX-License-Identifier: GPL-2.0-only
seq = $(if $(word $(2),$(1)),$(1),$(call seq,$(1) x,$(2)))
$(info $(words $(call seq,x,400)))
all:;@:
