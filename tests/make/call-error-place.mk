# SPDX-License-Identifier: GPL-2.0-only
f = $(error in $(1))
$(info before)
X := $(call f,f)
all:;@:
